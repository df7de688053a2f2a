import Groundwork

/// A Markdown table with aligned columns, which is readable on a terminal too.
struct Table {
    let head: [String]
    let rows: [[ReasonedText]]

    var text: ReasonedText {
        let lines = [head.map { ReasonedText($0) }] + rows
        let widths = head.indices.map { column in lines.map { $0[column].text.count }.max() ?? 0 }
        func line(_ cells: [ReasonedText]) -> ReasonedText {
            let padded = zip(cells, widths).map { cell, width -> ReasonedText in
                "\(cell)\(String(repeating: " ", count: width - cell.text.count))"
            }
            return "| \(padded.joined(separator: " | ")) |\n"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|\n"
        return "\(line(lines[0]))\(rule)\(lines.dropFirst().map(line).joined())"
    }
}

extension Table {
    /// A table of plain words.
    init(head: [String], words rows: [[String]]) {
        self.init(head: head, rows: rows.map { $0.map { ReasonedText($0) } })
    }
}
