import Diagnostics
import Groundwork

/// What identifies an object in a cluster.
package struct ObjectKey: Hashable, Comparable, Sendable {
    package let group: String
    package let kind: String
    /// Empty if none is written.
    package let namespace: String
    package let name: String

    /// The object in messages, for example "Service `chat` in inference".
    package var words: String { "\(kind) `\(name)`" + (namespace.isEmpty ? "" : " in \(namespace)") }

    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        (left.kind, left.namespace, left.name, left.group) < (right.kind, right.namespace, right.name, right.group)
    }
}

/// A Kubernetes object of the input, or one that a spec generates.
package struct ImportedObject: Sendable {
    package let key: ObjectKey
    package let root: ManifestValue

    /// Reads the object of a document; nil if there is none.
    init?(_ root: ManifestValue) {
        guard let version = root["apiVersion"]?.text, let kind = root["kind"]?.text else { return nil }
        let parts = version.split(separator: "/", maxSplits: 1).map(String.init)
        key = ObjectKey(
            group: parts.count > 1 ? parts[0] : "", kind: kind, namespace: root.at("metadata", "namespace")?.text ?? "",
            name: root.at("metadata", "name")?.text ?? "")
        self.root = root
    }

    var kind: String { key.kind }
    var name: String { key.name }
    var namespace: String { key.namespace }
    var spec: ManifestValue? { root["spec"] }

    /// The value of one of its labels.
    func label(_ key: String) -> ManifestValue? { root.at("metadata", "labels")?[key] }

    /// The value of one of its annotations.
    func annotation(_ key: String) -> ManifestValue? { root.at("metadata", "annotations")?[key] }

    /// Whether Stowage generated it.
    var isOwn: Bool { label("app.kubernetes.io/part-of")?.text == "stowage" }

    var template: ManifestValue? { root.podTemplate }
}

extension ManifestValue {
    /// Where the value is written, as `path:line`.
    package var home: String { "\(place.file.path):\(place.line)" }
}
