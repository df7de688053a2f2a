import Diagnostics

/// What stands in one line of a written manifest, and why.
package struct LineTrace: Sendable {
    /// A stretch of the line: a literal of the template, or a fact that a hole placed.
    package struct Piece: Sendable {
        /// The place in the template.
        package let place: SourceRange
        /// The hole's path as written, for example `pool.gpuLimit`.
        package let path: String?
        package let fact: Fact?

        static func literal(_ place: SourceRange) -> Piece { Piece(place: place, path: nil, fact: nil) }

        static func hole(_ node: TemplateNode, _ fact: Fact) -> Piece {
            guard case .hole(let hole) = node.content else { return Piece(place: node.range, path: nil, fact: fact) }
            return Piece(place: node.range, path: hole.path.text, fact: fact)
        }
    }

    /// The line, from 1.
    package let line: Int
    /// The facts first, then the literals; one literal for each line of the template.
    package let pieces: [Piece]
}

/// Tells for every line of a manifest what stands in it.
package func trace(_ manifest: Manifest, cluster: String) -> [LineTrace] {
    var writer = ManifestWriter(records: true)
    writer.write(manifest, cluster: cluster)
    let marks = writer.ledger?.marks ?? []
    var pieces = [[LineTrace.Piece]](repeating: [], count: writer.bytes.count { $0 == UInt8(ascii: "\n") })
    for mark in marks {
        for line in mark.first...mark.last where pieces.indices.contains(line) { pieces[line].append(mark.piece) }
    }
    return pieces.enumerated().map { index, pieces in LineTrace(line: index + 1, pieces: pieces.tidied) }
}

/// The marks of a text under way: which lines hold what.
struct LineLedger {
    struct Mark {
        /// The lines, from 0.
        var first: Int
        var last: Int
        let piece: LineTrace.Piece
    }

    private(set) var marks: [Mark] = []
    private var counted = (bytes: 0, lines: 0)

    /// Notes what stands between an offset and the end of the text.
    mutating func note(_ piece: LineTrace.Piece, from start: Int, in bytes: [UInt8]) {
        marks.append(Mark(first: line(of: start, in: bytes), last: line(of: bytes.count, in: bytes), piece: piece))
    }

    /// Notes the facts in a text with holes.
    mutating func note(_ text: TemplateText, _ scope: Scope, from start: Int, in bytes: [UInt8]) {
        for hole in text.holes {
            guard let fact = hole.path.fact(in: scope) else { continue }
            note(LineTrace.Piece(place: hole.path.range, path: hole.path.text, fact: fact), from: start, in: bytes)
        }
    }

    /// Adds the marks of a document inside a string: line for line in a block, else all for the one line.
    mutating func add(_ nested: LineLedger, from start: Int, in bytes: [UInt8]) {
        let first = line(of: start, in: bytes)
        let isBlock = line(of: bytes.count, in: bytes) > first
        for var mark in nested.marks {
            mark.first = isBlock ? first + 1 + mark.first : first
            mark.last = isBlock ? first + 1 + mark.last : first
            marks.append(mark)
        }
    }

    /// Forgets what was noted since there were so many marks.
    mutating func goBack(to count: Int) {
        marks.removeLast(marks.count - count)
        counted = (0, 0)
    }

    private mutating func line(of offset: Int, in bytes: [UInt8]) -> Int {
        if offset < counted.bytes { counted = (0, 0) }
        counted.lines += bytes[counted.bytes..<offset].count { $0 == UInt8(ascii: "\n") }
        counted.bytes = offset
        return counted.lines
    }
}

extension [LineTrace.Piece] {
    /// Facts first, and each line of a template once.
    fileprivate var tidied: [LineTrace.Piece] {
        var lines: Set<String> = []
        return filter { $0.fact != nil }
            + filter { $0.fact == nil && lines.insert("\($0.place.file.path):\($0.place.line)").inserted }
    }
}
