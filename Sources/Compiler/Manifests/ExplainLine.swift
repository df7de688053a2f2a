import Diagnostics

/// Explains a line of a written manifest: each fact with its reasons and the hole that placed it, or the template's line.
///
/// - Parameter text: the line as it is written.
package func explanation(of trace: LineTrace, text: String) -> String {
    var result = "\(trace.line) | \(text)\n"
    var named: Set<String> = []
    for piece in trace.pieces {
        let place = "\(piece.place.file.path):\(piece.place.line)"
        // The key beside a hole needs no word of its own.
        if !named.insert(place).inserted, piece.fact == nil { continue }
        result += "\n"
        if let fact = piece.fact {
            if let meaning = piece.meaning { result += "\(meaning)\n" }
            result += explanation(of: fact, called: piece.path ?? "value")
            result += "placed by \(place)\n"
        } else {
            result += "literal of \(place)\n"
        }
    }
    if trace.pieces.isEmpty {
        result += "\nwritten around the documents: where the file comes from, and what separates them\n"
    }
    return result
}
