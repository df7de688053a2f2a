import Groundwork

/// An object that is in the cluster without being in the tree.
package struct ExistingObject: Sendable, Hashable {
    package let kind: String
    package let name: String
    package let namespace: String

    package init(kind: String, name: String, namespace: String) {
        self.kind = kind
        self.name = name
        self.namespace = namespace
    }
}
