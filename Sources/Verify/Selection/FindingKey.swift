import Diagnostics
import Groundwork
import YAML

/// What identifies a finding: its rule, an object, and the path of fields in the object.
///
/// It stays the same if the file is renamed, lines move or other values change, so it tells whether a finding is new.
package struct FindingKey: Hashable, Sendable {
    package let rule: String
    /// Kind, namespace and name, such as `Deployment inference/chat`; the file's path if there is no object.
    package let object: String
    /// The fields from the object to the place, such as `spec.template.spec.containers[vllm].image`.
    package let field: String

    package init(rule: String, object: String, field: String) {
        self.rule = rule
        self.object = object
        self.field = field
    }

    /// A short form of the key, for code scanners.
    package var fingerprint: String { String(sha256(Array("\(rule)\n\(object)\n\(field)".utf8)).prefix(16)) }
}

/// Computes the keys of findings, and reads each file once.
package struct FindingKeys {
    private var documents: [String: [Node]] = [:]

    package init() {}

    /// The key of a finding.
    package mutating func key(of finding: Diagnostic) -> FindingKey {
        guard let range = finding.range else { return FindingKey(rule: finding.code, object: "", field: "") }
        let roots = documents(of: range.file)
        guard var root = roots.last(where: { $0.range.start <= range.start }) ?? roots.first else {
            return FindingKey(rule: finding.code, object: range.file.path, field: "")
        }
        // `kubectl get -o yaml` prints one list of objects.
        if let item = root["items"]?.items?.last(where: { $0.range.start <= range.start && $0["kind"] != nil }) {
            root = item
        }
        var field = ""
        root.describe(range.start, &field)
        return FindingKey(rule: finding.code, object: root.objectName ?? range.file.path, field: field)
    }

    private mutating func documents(of file: SourceFile) -> [Node] {
        if let known = documents[file.path] { return known }
        var discarded = Report()
        let read = readYAML(file, &discarded) ?? []
        documents[file.path] = read
        return read
    }
}

extension Node {
    /// The object of a document, as in messages; nil if it has no kind or name.
    fileprivate var objectName: String? {
        guard let kind = self["kind"]?.scalar?.text, let name = self["metadata"]?["name"]?.scalar?.text else {
            return nil
        }
        let namespace = self["metadata"]?["namespace"]?.scalar.map { "\($0.text)/" } ?? ""
        return "\(kind) \(namespace)\(name)"
    }

    /// Adds the path from here to the innermost field or item at an offset.
    fileprivate func describe(_ offset: Int, _ field: inout String) {
        if let entry = entries?.last(where: { $0.keyRange.start <= offset }) {
            field += field.isEmpty ? entry.key : ".\(entry.key)"
            if offset >= entry.value.range.start { entry.value.describe(offset, &field) }
        } else if let items, let index = items.lastIndex(where: { $0.range.start <= offset }) {
            field += "[\(items[index].itemName ?? String(index))]"
            items[index].describe(offset, &field)
        }
    }

    /// What identifies an item in its list, regardless of its position.
    private var itemName: String? {
        if let text = scalar?.text { return text.hasPrefix("-") ? String(text.prefix { $0 != "=" }) : text }
        for key in ["name", "alert", "record", "key", "path"] {
            if let text = self[key]?.scalar?.text { return text }
        }
        return objectName
    }
}
