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
        var namespace = kind.isClusterScoped ? "" : metadata?["namespace"]?.text ?? "default"
        // Its value is not known, and may differ in every folder. The scaffold of Kubebuilder writes `system` for any namespace.
        if hasPlaceholder(namespace) || namespace == "system" { namespace += " (\(folder(of: path)))" }
        reference = ObjectReference(kind, metadata?["name"]?.text ?? "", in: namespace)
        self.path = path
        self.root = root
        spec = root["spec"]
    }

    /// Whether an API server gave it out, with its status and its defaults.
    var isLive: Bool {
        let metadata = root["metadata"]
        return metadata?["uid"] != nil && (metadata?["resourceVersion"] ?? metadata?["creationTimestamp"]) != nil
    }

    /// Whether the controller of another object created it: manifests have no UID of an owner.
    var isCreated: Bool {
        root["metadata"]?["ownerReferences"]?.items?.contains {
            $0["controller"]?.boolean == true && $0["uid"] != nil
        } ?? false
    }

    /// Whether it is of a version of Karpenter's API before `v1`.
    var isOfFormerKarpenter: Bool {
        guard kind == .nodePool || kind == .nodeClass, let version = root["apiVersion"]?.text else { return false }
        return !version.hasSuffix("/v1")
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

/// Tells whether a text has a part that another program fills in: `${NAME}`, `$(NAME)`, `$NAME`, `{{ name }}`, `<NAME>` or
/// `FILLED BY …`.
func hasPlaceholder(_ text: String) -> Bool {
    let bytes = text.utf8
    if bytes.contains(UInt8(ascii: "{")), text.mentions("${") || text.mentions("{{") { return true }
    guard let first = bytes.first else { return false }
    if first == UInt8(ascii: "$"), text.contains(/^\$(\([\w-]+\)|[A-Za-z]\w*)/) { return true }
    if first == UInt8(ascii: "<") { return bytes.last == UInt8(ascii: ">") && bytes.count > 2 }
    if text.mentions("__"), text.contains(/__[A-Z]+__/) { return true }
    return ["FILLED_BY_", "FILLED BY ", "REPLACE_", "YOUR_", "CHANGE_ME", "CHANGEME"].contains { text.hasPrefix($0) }
}

/// Tells whether a text is a word such as `PV_NAME`, which stands where documentation asks for a value.
///
/// Names of metrics and of environment variables look alike, so this is only for names of objects and for quantities.
func isStandIn(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return false }
    return text.wholeMatch(of: /[A-Z][A-Z0-9]*(_[A-Z0-9]+)*_(NAME|ID|SIZE|CAPACITY|VALUE|REGION|ZONE)/) != nil
}

extension KubernetesObject {
    /// Whether its namespace is decided outside of its file, so that objects of other namespaces may be beside it.
    var isInOpenNamespace: Bool { isOpenNamespace(namespace) }
}

/// Tells whether the name of a namespace is not known, as that of an object says it.
func isOpenNamespace(_ name: String) -> Bool { name.utf8.last == UInt8(ascii: ")") }
