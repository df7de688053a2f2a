import Diagnostics
import Groundwork

/// What identifies an object.
struct ObjectReference: Hashable, Sendable {
    let kind: ObjectKind
    /// Empty if the kind is cluster-scoped.
    let namespace: String
    let name: String

    init(_ kind: ObjectKind, _ name: String, in namespace: String = "") {
        self.kind = kind
        self.namespace = namespace
        self.name = name
    }

    // Equal names in several namespaces are rare, and this hashes one string less.
    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(kind)
    }
}

/// One Kubernetes object.
///
/// A class, because rules pass it on far more often than they read it.
final class KubernetesObject: Sendable {
    let reference: ObjectReference
    /// The path of its file.
    let path: String
    let root: ManifestValue
    let spec: ManifestValue?

    /// Reads the object of a document; nil if there is none.
    init?(_ root: ManifestValue, path: String) {
        guard let version = root["apiVersion"]?.text, let name = root["kind"]?.text else { return nil }
        let kind = ObjectKind(apiVersion: version, name)
        let metadata = root["metadata"]
        let namespace =
            kind.isClusterScoped ? "" : metadata?["namespace"]?.text ?? "default"
        reference = ObjectReference(kind, metadata?["name"]?.text ?? "", in: namespace)
        self.path = path
        self.root = root
        spec = root["spec"]
    }

    var kind: ObjectKind { reference.kind }
    var namespace: String { reference.namespace }
    var name: String { reference.name }
    /// The object in messages, for example "Service `model-a`".
    var words: String { "\(kind.name) `\(name)`" }
    /// The place of its name, or of the whole object if it has no name.
    var place: SourceRange { (root["metadata"]?["name"] ?? root).place }

    /// A note that points at the object.
    func note(_ message: String, label: String = "") -> Diagnostic.Note {
        Diagnostic.Note(message, at: place, label: label)
    }
}

extension ManifestValue {
    /// The place of a key of this mapping, or of the mapping if it has no such key.
    func keyPlace(_ key: String) -> SourceRange { entries?.first { $0.key == key }?.keyPlace ?? place }
}
