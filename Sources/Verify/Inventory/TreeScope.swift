/// How much of a cluster a tree is, and what is known of the rest.
package struct TreeScope: Sendable {
    /// Whether the tree is all there is, so that what it refers to and does not hold is missing.
    package let isClosed: Bool
    /// The folders and files that were read.
    let roots: [String]
    /// What became of the kustomizations.
    let built: Built
    /// The releases that the tree is for.
    let versions: PlatformVersions
    /// The shapes of kinds; nil where fields and queries are not to be judged, because they were made and not written.
    let schemas: Schemas?

    package init(
        isClosed: Bool = true, roots: [String] = [""], versions: PlatformVersions = PlatformVersions(),
        schemas: Schemas? = .known
    ) {
        self.init(isClosed: isClosed, roots: roots, built: Built(), versions: versions, schemas: schemas)
    }

    private init(isClosed: Bool, roots: [String], built: Built, versions: PlatformVersions, schemas: Schemas?) {
        self.isClosed = isClosed
        self.roots = roots
        self.built = built
        self.versions = versions
        self.schemas = schemas
    }

    /// The same scope for a tree whose kustomizations were built.
    func of(_ built: Built) -> TreeScope {
        TreeScope(isClosed: isClosed, roots: roots, built: built, versions: versions, schemas: schemas)
    }

    /// Tells whether a path lies in what was read, so that a file which is not there does not exist.
    func covers(_ path: String) -> Bool {
        roots.contains { root in
            if root.isEmpty || root == "." { return !path.hasPrefix("../") && !path.hasPrefix("/") && path != ".." }
            return path == root || path.hasPrefix(root.hasSuffix("/") ? root : "\(root)/")
        }
    }
}
