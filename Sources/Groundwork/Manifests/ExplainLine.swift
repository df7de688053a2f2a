import Diagnostics

/// Explains a line of a written file: each fact with its reasons and its placeholder, or the line of the patch or template.
///
/// - Parameter text: the line as it is written.
package func explanation(of trace: LineTrace, text: String, limit: Int = usualRows) -> String {
    let trees = explanations(of: trace.facts, limit: limit)
    var (result, next) = ("\(trace.line) | \(text)\n", 0)
    var named: Set<String> = []
    for piece in trace.pieces {
        let place = piece.place.map { "\($0.file.path):\($0.line)" }
        // The key next to a placeholder is not listed separately.
        if let place, !named.insert(place).inserted, piece.value == nil { continue }
        result += "\n"
        if piece.value != nil {
            if let meaning = piece.meaning { result += "\(meaning)\n" }
            result += trees[next]
            next += 1
            if let place { result += "placed by \(place)\n" }
        } else if let place {
            result += "\(piece.isPatched ? "patched at" : "literal of") \(place)\n"
        }
    }
    if trace.pieces.isEmpty { result += "\n\(trace.isProse ? "text without a value" : frame)\n" }
    return result
}

private let frame = "not part of a document: the comment on the origin of the file, or a separator"

/// Explains a line of a written file for programs.
package func explanationJSON(of trace: LineTrace, path: String, text: String) -> JSON {
    var graph = ReasonGraph()
    let pieces = graph.pieces(of: trace)
    return [
        "path": .string(path), "line": .integer(trace.line), "text": .string(text), "pieces": pieces,
        "nodes": .array(graph.nodes),
    ]
}

extension ReasonGraph {
    /// The pieces of a line, each with the place of its value among the nodes.
    package mutating func pieces(of trace: LineTrace) -> JSON {
        .array(
            trace.pieces.map { piece in
                var members: [(key: String, value: JSON)] = []
                if let place = piece.place {
                    let key = piece.isPatched ? "patch" : "template"
                    members.append((key, .string("\(place.file.path):\(place.line)")))
                }
                if let meaning = piece.meaning { members.append(("meaning", .string(meaning))) }
                if let value = piece.value { members.append(("node", .integer(add(value)))) }
                if let notation = piece.notation { members.append(("notation", notation.json)) }
                return .object(members)
            })
    }
}
