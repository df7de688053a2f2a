/// The left edge with line numbers, and what is to the right of it.
struct Gutter {
    /// The digits of the largest line number.
    let width: Int
    let printer: HumanPrinter

    /// The most lines of a range that are shown in full.
    private static let fullLines = 5

    /// An edge without a number.
    var empty: String { edge("") }

    /// Writes the place of a range and its lines with the label below.
    func snippet(_ range: SourceRange, label: String, _ accent: HumanPrinter.Style) -> [String] {
        let arrow = printer.paint(blanks(width) + "-->", .frame) + " \(range.description)"
        let lines = range.lines
        guard lines.count > 1 else { return [arrow, empty] + single(range, lines.lowerBound, label, accent) }
        return [arrow, empty] + multiple(range, lines, label, accent)
    }

    /// Writes a remark without a place.
    func remark(_ kind: String, _ message: String) -> String {
        blanks(width + 1) + printer.paint("=", .frame) + " " + printer.paint(kind, .strong) + ": \(message)"
    }

    /// Writes one line and carets under the range, at least one.
    private func single(
        _ range: SourceRange, _ line: Int, _ label: String, _ accent: HumanPrinter.Style
    ) -> [String] {
        let shown = ShownLine(range.file, line: line, from: range.start, to: range.end)
        let carets = String(repeating: "^", count: max(1, shown.columns.count))
        let mark = printer.paint(label.isEmpty ? carets : "\(carets) \(label)", accent)
        return [edge("\(line)", shown.text), edge("", blanks(shown.columns.lowerBound) + mark)]
    }

    /// Writes several lines with a bracket next to them, omitting the middle of many.
    private func multiple(
        _ range: SourceRange, _ lines: ClosedRange<Int>, _ label: String, _ accent: HumanPrinter.Style
    ) -> [String] {
        let isLong = lines.count > Self.fullLines
        var rows: [String] = []
        for line in lines {
            if isLong, line == lines.lowerBound + 3 { rows.append(printer.paint("...", .frame)) }
            if isLong, line >= lines.lowerBound + 3, line < lines.upperBound { continue }
            let bar = printer.paint(line == lines.lowerBound ? "/" : "|", accent)
            let text = ShownLine(range.file, line: line, from: 0, to: 0).text
            rows.append(edge("\(line)", text.isEmpty ? bar : bar + " " + text))
        }
        let last = ShownLine(range.file, line: lines.upperBound, from: 0, to: range.end)
        let underline = "|" + String(repeating: "_", count: max(1, last.columns.upperBound)) + "^"
        return rows + [edge("", printer.paint(label.isEmpty ? underline : "\(underline) \(label)", accent))]
    }

    /// Writes an edge with a number, or without one, and a text.
    private func edge(_ number: String, _ text: String = "") -> String {
        let margin = printer.paint(blanks(width - number.count) + number + " |", .frame)
        let left = number.isEmpty ? printer.paint(blanks(width + 1) + "|", .frame) : margin
        return text.isEmpty ? left : left + " " + text
    }

    /// Makes a number of blanks.
    private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
