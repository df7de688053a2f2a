/// A line of source as a terminal can show it: tabs as blanks, control characters visible, long lines truncated around a place.
struct ShownLine {
    let text: String
    /// The columns, from 0, of the place of interest.
    let columns: Range<Int>

    private static let tab = 4
    /// The width from which a line is truncated, and what is kept before and after the place.
    private static let (limit, before, after) = (160, 40, 100)

    /// Lays out a line of a file; `start` and `end` are byte offsets, bounded by the line.
    init(_ file: SourceFile, line: Int, from start: Int, to end: Int) {
        let lineStart = file.lineStarts[line - 1]
        let lineEnd = lineStart + file.line(line).utf8.count
        func bounded(_ offset: Int) -> Int { min(max(offset, lineStart), min(lineEnd, file.bytes.count)) }
        var cells: [(text: String, width: Int)] = []
        func lay(_ from: Int, _ to: Int) {
            for character in String(decoding: file.bytes[from..<max(from, to)], as: UTF8.self) {
                cells.append(Self.cell(character))
            }
        }
        lay(lineStart, bounded(start))
        var first = cells.count
        lay(bounded(start), bounded(end))
        var last = cells.count
        lay(bounded(end), bounded(.max))
        if cells.reduce(0, { $0 + $1.width }) > Self.limit {
            let tail = min(cells.count, first + Self.after)
            if tail < cells.count { cells.replaceSubrange(tail..., with: [("…", 1)]) }
            last = min(last, tail)
            if first > Self.before {
                let removed = first - Self.before
                cells.replaceSubrange(..<removed, with: [("…", 1)])
                (first, last) = (first - removed + 1, last - removed + 1)
            }
        }
        text = cells.map(\.text).joined()
        let column = cells[..<first].reduce(0) { $0 + $1.width }
        columns = column..<column + cells[first..<max(first, last)].reduce(0) { $0 + $1.width }
    }

    /// What is shown for a character, and its width.
    private static func cell(_ character: Character) -> (text: String, width: Int) {
        switch character {
        case "\t": (String(repeating: " ", count: tab), tab)
        case "\r", "\n", "\r\n": ("", 0)
        default:
            if let scalar = character.unicodeScalars.first, isHidden(scalar) {
                ("\u{FFFD}", 1)
            } else {
                (String(character), displayWidth(character))
            }
        }
    }

    /// Tells whether a terminal would hide a character, or obey it.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
