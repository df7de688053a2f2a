import Diagnostics
import Groundwork
import YAML

/// What a finding is about: an object, and the place in it by the names of its fields.
///
/// It stays the same when the file is renamed, lines move or other values change, so it tells whether a finding is an old one.
package struct Subject: Hashable, Sendable {
    /// Kind, namespace and name, such as `Deployment inference/chat`; the file's path where there is no object.
    package let object: String
    /// The fields from the object to the place, such as `spec.template.spec.containers[vllm].image`.
    package let field: String

    package init(object: String, field: String) {
        self.object = object
        self.field = field
    }

    /// What tells a finding of a rule from all others, for code scanners.
    package func fingerprint(of rule: String) -> String {
        String(sha256(Array("\(rule)\n\(object)\n\(field)".utf8)).prefix(16))
    }
}

/// Finds the subjects of findings, and reads each file once.
package struct Subjects {
    private var documents: [String: [Node]] = [:]

    package init() {}

    /// The subject of a finding.
    package mutating func subject(of finding: Diagnostic) -> Subject {
        guard let range = finding.range else { return Subject(object: "", field: "") }
        let roots = documents(of: range.file)
        guard var root = roots.last(where: { $0.range.start <= range.start }) ?? roots.first else {
            return Subject(object: range.file.path, field: "")
        }
        // What `kubectl get -o yaml` prints is one list of objects.
        if let item = root["items"]?.items?.last(where: { $0.range.start <= range.start && $0["kind"] != nil }) {
            root = item
        }
        var field = ""
        root.describe(range.start, &field)
        return Subject(object: root.objectName ?? range.file.path, field: field)
    }

    private mutating func documents(of file: SourceFile) -> [Node] {
        if let known = documents[file.path] { return known }
        var unheard = Report()
        let read = readYAML(file, &unheard) ?? []
        documents[file.path] = read
        return read
    }
}

extension Node {
    /// The object that a document holds, in words; nil where it has no kind or name.
    fileprivate var objectName: String? {
        guard let kind = self["kind"]?.scalar?.text, let name = self["metadata"]?["name"]?.scalar?.text else {
            return nil
        }
        let namespace = self["metadata"]?["namespace"]?.scalar.map { "\($0.text)/" } ?? ""
        return "\(kind) \(namespace)\(name)"
    }

    /// Adds the way from here to the innermost field or item at an offset.
    fileprivate func describe(_ offset: Int, _ field: inout String) {
        if let entry = entries?.last(where: { $0.keyRange.start <= offset }) {
            field += field.isEmpty ? entry.key : ".\(entry.key)"
            if offset >= entry.value.range.start { entry.value.describe(offset, &field) }
        } else if let items, let index = items.lastIndex(where: { $0.range.start <= offset }) {
            field += "[\(items[index].itemName ?? String(index))]"
            items[index].describe(offset, &field)
        }
    }

    /// What tells an item from its neighbors, wherever it stands among them.
    private var itemName: String? {
        if let text = scalar?.text { return text.hasPrefix("-") ? String(text.prefix { $0 != "=" }) : text }
        for key in ["name", "alert", "record", "key", "path"] {
            if let text = self[key]?.scalar?.text { return text }
        }
        return objectName
    }
}
