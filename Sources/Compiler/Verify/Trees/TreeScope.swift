/// How much of a cluster a tree is.
package struct TreeScope: Sendable {
    /// Whether the tree is all there is, so that what it refers to and does not hold is missing.
    package let isClosed: Bool
    /// The folders and files that were read.
    let roots: [String]
    /// The namespace that a kustomization gives to the objects of a file, by path.
    let namespaces: [String: String]

    package init(isClosed: Bool = true, roots: [String] = [""], namespaces: [String: String] = [:]) {
        self.isClosed = isClosed
        self.roots = roots
        self.namespaces = namespaces
    }

    /// Tells whether a path lies in what was read, so that a file which is not there does not exist.
    func covers(_ path: String) -> Bool {
        roots.contains { root in
            if root.isEmpty || root == "." { return !path.hasPrefix("../") && !path.hasPrefix("/") && path != ".." }
            return path == root || path.hasPrefix(root.hasSuffix("/") ? root : "\(root)/")
        }
    }
}
