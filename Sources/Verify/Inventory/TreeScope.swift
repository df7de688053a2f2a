import Diagnostics

/// How much of a cluster a tree covers, and what is known about the rest.
package struct TreeScope: Sendable {
    /// Whether the tree is complete, so that what it refers to but does not contain is missing.
    package let isClosed: Bool
    /// The folders and files that were read.
    let roots: [String]
    /// The paths of all files that were found, whatever they hold.
    let files: Set<String>
    /// Scripts and lists of ignored files around the tree.
    let scripts: [SourceFile]
    /// The result of building the kustomizations.
    let built: Built
    /// The versions that the tree targets.
    let versions: PlatformVersions
    /// Objects that exist without being in the tree.
    let existing: Set<ExistingObject>
    /// Whether its objects were rendered, so that a placeholder of a template has its value.
    let isRendered: Bool
    /// The schemas of kinds; nil if fields and queries are not checked, because they were generated.
    let schemas: Schemas?

    package init(
        isClosed: Bool = true, roots: [String] = [""], files: Set<String> = [], scripts: [SourceFile] = [],
        versions: PlatformVersions = PlatformVersions(), existing: Set<ExistingObject> = [],
        isRendered: Bool = false, schemas: Schemas? = .known
    ) {
        self.init(
            isClosed: isClosed, roots: roots, files: files, scripts: scripts, built: Built(), versions: versions,
            existing: existing,
            isRendered: isRendered, schemas: schemas)
    }

    private init(
        isClosed: Bool, roots: [String], files: Set<String>, scripts: [SourceFile], built: Built,
        versions: PlatformVersions,
        existing: Set<ExistingObject>, isRendered: Bool, schemas: Schemas?
    ) {
        self.isClosed = isClosed
        self.roots = roots
        self.files = files
        self.scripts = scripts
        self.built = built
        self.versions = versions
        self.existing = existing
        self.isRendered = isRendered
        self.schemas = schemas
    }

    /// The same scope with the result of building the kustomizations.
    func of(_ built: Built) -> TreeScope {
        TreeScope(
            isClosed: isClosed, roots: roots, files: files, scripts: scripts, built: built, versions: versions,
            existing: existing,
            isRendered: isRendered, schemas: schemas)
    }

    /// Where a script names a file, so that it may make it; nil if none does.
    func maker(of name: String) -> SourceRange? {
        guard name.contains(".") else { return nil }
        for script in scripts {
            if let start = mention(of: name, in: script) { return SourceRange(script, start, start + name.utf8.count) }
        }
        return nil
    }

    /// Whether an object that the tree does not contain is known to exist.
    func hasElsewhere(_ kind: String, _ name: String, in namespace: String) -> Bool {
        existing.contains(ExistingObject(kind: kind, name: name, namespace: namespace))
    }

    /// Whether an existing workload is in a namespace, whose pods are not known.
    func hasForeignPods(in namespace: String) -> Bool {
        existing.contains {
            $0.namespace == namespace && ["Deployment", "StatefulSet", "LeaderWorkerSet"].contains($0.kind)
        }
    }

    /// Whether some pods run on nodes that the tree does not describe.
    var hasOtherNodes: Bool { existing.contains { $0.kind == "NodePool" } }

    /// Tells whether a path is inside what was read, so that a file that was not found does not exist.
    func covers(_ path: String) -> Bool {
        roots.contains { root in
            if root.isEmpty || root == "." { return !path.hasPrefix("../") && !path.hasPrefix("/") && path != ".." }
            return path == root || path.hasPrefix(root.hasSuffix("/") ? root : "\(root)/")
        }
    }
}
