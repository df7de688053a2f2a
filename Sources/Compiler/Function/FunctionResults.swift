import Diagnostics
import Planning
import YAML

/// A cluster spec as the configuration of a function: its text, and its file name in results.
struct FunctionSpec {
    /// The text of the spec, to which the places of diagnostics refer.
    let file: SourceFile
    /// The file that it was read from, if the caller says so.
    let path: String?
    let node: Node

    init(_ configuration: Node) {
        let annotations = configuration["metadata"]?["annotations"]
        path =
            ["internal.config.kubernetes.io/path", "config.kubernetes.io/path"].lazy
            .compactMap { annotations?[$0]?.scalar?.text }.first
        file = SourceFile(path: path ?? "functionConfig", bytes: writeYAML([configuration]))
        var discarded = Report()
        node = readYAML(file, &discarded)?.first ?? configuration
    }

    /// The field that contains a place, for example `spec.models[0].traffic`.
    func field(at range: SourceRange) -> String {
        guard range.file === file else { return "" }
        var path = ""
        var node = node
        while true {
            if let entry = node.entries?.first(where: { range.start >= $0.keyRange.start && range.start < $0.end }) {
                path += path.isEmpty ? entry.key : ".\(entry.key)"
                node = entry.value
            } else if let index = node.items?.lastIndex(where: { range.start >= $0.range.start }) {
                path += "[\(index)]"
                node = node.items?[index] ?? node
            } else {
                return path
            }
        }
    }
}

extension Node.Entry {
    /// Where its value ends.
    fileprivate var end: Int { max(keyRange.end, value.range.end) + 1 }
}

/// Diagnostics as the results of a function.
func results(of diagnostics: [Diagnostic], for spec: FunctionSpec?) -> [Node] {
    diagnostics.map { diagnostic in
        var result = Mapping()
        let label = diagnostic.label.isEmpty ? "" : " (\(diagnostic.label))"
        let help = diagnostic.help.first.map { "; \($0)" } ?? ""
        result.add("message", diagnostic.message + label + help)
        result.add("severity", diagnostic.severity.rawValue)
        if let spec, let range = diagnostic.range {
            let field = spec.field(at: range)
            if !field.isEmpty {
                result.add("resourceRef", reference(spec))
                result.add("field", Mapping([("path", field)]))
            }
            if let path = range.file === spec.file ? spec.path : range.file.path {
                result.add("file", Mapping([("path", path)]))
            }
        }
        result.add("tags", Mapping([("code", diagnostic.code)]))
        return result.node
    }
}

private func reference(_ spec: FunctionSpec) -> Mapping {
    Mapping([
        ("apiVersion", SpecFormat.apiVersion), ("kind", SpecFormat.kind),
        ("name", spec.node["metadata"]?["name"]?.scalar?.text ?? ""),
    ])
}

/// A mapping under construction, of nodes without a place in a file.
private struct Mapping {
    private static let place = SourceRange(SourceFile(path: "", bytes: []), 0, 0)
    private var entries: [Node.Entry] = []

    init(_ pairs: [(String, String)] = []) {
        for (key, value) in pairs { add(key, value) }
    }

    var node: Node { Node(.mapping(entries), Self.place) }

    mutating func add(_ key: String, _ text: String) {
        entries.append(Node.Entry(key, Self.place, Node(.scalar(Node.Scalar(text, .doubleQuoted)), Self.place)))
    }

    mutating func add(_ key: String, _ mapping: Mapping) {
        entries.append(Node.Entry(key, Self.place, mapping.node))
    }
}
