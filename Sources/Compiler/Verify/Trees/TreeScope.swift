/// How much of a cluster a tree is, and what is known of the rest.
package struct TreeScope: Sendable {
    /// Whether the tree is all there is, so that what it refers to and does not hold is missing.
    package let isClosed: Bool
    /// The folders and files that were read.
    let roots: [String]
    /// The namespace that a kustomization gives to the objects of a file, by path.
    let namespaces: [String: String]
    /// The releases that the tree is for.
    let versions: PlatformVersions
    /// The shapes of kinds; nil where fields and queries are not to be judged, because they were made and not written.
    let schemas: Schemas?

    package init(
        isClosed: Bool = true, roots: [String] = [""], namespaces: [String: String] = [:],
        versions: PlatformVersions = PlatformVersions(), schemas: Schemas? = .known
    ) {
        self.isClosed = isClosed
        self.roots = roots
        self.namespaces = namespaces
        self.versions = versions
        self.schemas = schemas
    }

    /// The same scope for files to which kustomizations give these namespaces.
    func giving(_ namespaces: [String: String]) -> TreeScope {
        TreeScope(isClosed: isClosed, roots: roots, namespaces: namespaces, versions: versions, schemas: schemas)
    }

    /// Tells whether a path lies in what was read, so that a file which is not there does not exist.
    func covers(_ path: String) -> Bool {
        roots.contains { root in
            if root.isEmpty || root == "." { return !path.hasPrefix("../") && !path.hasPrefix("/") && path != ".." }
            return path == root || path.hasPrefix(root.hasSuffix("/") ? root : "\(root)/")
        }
    }
}
