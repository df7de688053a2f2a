import Diagnostics

/// The content of one line of a written manifest, and its reasons.
package struct LineTrace: Sendable {
    /// A stretch of the line: a literal of the template or of a patch, or a fact that a placeholder placed, or a figure in a text.
    package struct Piece: Sendable {
        /// The place in the template or the patch; nil in a text that no template makes.
        package let place: SourceRange?
        /// What the type says about the fact.
        package let meaning: String?
        /// The fact under the path by which the placeholder names it, for example `pool.gpuLimit`.
        package let value: Ingredient?
        /// How a figure in a text is written.
        package let notation: Notation?
        /// Whether a patch of the spec wrote it.
        package fileprivate(set) var isPatched = false

        init(_ place: SourceRange, _ path: FactPath?, _ fact: Fact?) {
            self.place = place
            meaning = path?.meaning
            value = fact.map { Ingredient(path?.text ?? "value", $0.value, $0.origin) }
            notation = nil
        }

        /// A figure in a text.
        init(_ mark: ReasonedText.Mark) {
            place = nil
            meaning = nil
            value = mark.figure
            notation = mark.notation
        }

        static func literal(_ place: SourceRange) -> Piece { Piece(place, nil, nil) }

        static func placeholder(_ node: TemplateNode, _ fact: Fact) -> Piece {
            if case .placeholder(let placeholder) = node.content {
                Piece(node.range, placeholder.path, fact)
            } else {
                Piece(node.range, nil, fact)
            }
        }
    }

    /// The line, from 1.
    package let line: Int
    /// The facts first, then what patches wrote, then the literals; one literal for each line of the template.
    package let pieces: [Piece]
    /// Whether it is a line of prose, which no template makes.
    var isProse = false

    /// The facts of the line.
    package var facts: [Ingredient] { pieces.compactMap(\.value) }
}

/// Lists the figures in every line of a text.
package func trace(_ text: ReasonedText) -> [LineTrace] {
    var lines: [LineTrace] = []
    var (start, marks) = (0, text.figures[...])
    for line in text.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let end = start + line.utf8.count
        let own = marks.prefix { $0.start <= end }
        marks = marks.dropFirst(own.count)
        lines.append(LineTrace(line: lines.count + 1, pieces: own.map { LineTrace.Piece($0) }, isProse: true))
        start = end + 1
    }
    return lines
}

/// Lists the content of every line of a manifest.
package func trace(_ manifest: Manifest, cluster: String) -> [LineTrace] {
    var writer = ManifestWriter(records: true)
    writer.write(manifest, cluster: cluster)
    let marks = writer.ledger?.marks ?? []
    var pieces = [[LineTrace.Piece]](repeating: [], count: writer.bytes.count { $0 == UInt8(ascii: "\n") })
    for mark in marks {
        var piece = mark.piece
        // All values of a template are in one file; the others are from patches.
        if let template = manifest.place?.file { piece.isPatched = piece.place.map { $0.file !== template } ?? false }
        for line in mark.first...mark.last where pieces.indices.contains(line) { pieces[line].append(piece) }
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

    /// Notes what is between an offset and the end of the text.
    mutating func note(_ piece: LineTrace.Piece, from start: Int, in bytes: [UInt8]) {
        marks.append(Mark(first: line(of: start, in: bytes), last: line(of: bytes.count, in: bytes), piece: piece))
    }

    /// Notes the facts in a text with placeholders.
    mutating func note(_ text: TemplateText, _ scope: Scope, from start: Int, in bytes: [UInt8]) {
        for placeholder in text.placeholders {
            guard let fact = placeholder.path.fact(in: scope) else { continue }
            note(LineTrace.Piece(placeholder.path.range, placeholder.path, fact), from: start, in: bytes)
        }
    }

    /// Adds the marks of a document inside a string: line for line in a block, else all for the one line.
    ///
    /// Lines of brackets alone belong to the document as a whole.
    mutating func add(_ nested: LineLedger, of whole: LineTrace.Piece, from start: Int, in bytes: [UInt8]) {
        let first = line(of: start, in: bytes)
        let last = line(of: bytes.count, in: bytes)
        let isBlock = last > first
        var bare = Set(first...last)
        for var mark in nested.marks {
            mark.first = isBlock ? first + 1 + mark.first : first
            mark.last = isBlock ? first + 1 + mark.last : first
            bare.subtract(mark.first...mark.last)
            marks.append(mark)
        }
        for line in bare.sorted() { marks.append(Mark(first: line, last: line, piece: whole)) }
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
    /// Facts first, and each line of a template or patch once.
    fileprivate var tidied: [LineTrace.Piece] {
        var lines: Set<String> = []
        let literals = filter { piece in
            guard piece.value == nil, let place = piece.place else { return false }
            return lines.insert("\(place.file.path):\(place.line)").inserted
        }
        return filter { $0.value != nil } + literals.filter(\.isPatched) + literals.filter { !$0.isPatched }
    }
}
