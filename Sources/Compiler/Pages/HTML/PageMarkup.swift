/// Turns the plan's page into HTML: it supports only the Markdown that the page uses.
///
/// That is headings, paragraphs, lists and tables, with code and bold text in them. So the report has the content of `PLAN.md`.
struct PageMarkup {
    private var html = ""
    private var paragraph: [String] = []
    private var items: [String] = []
    private var rows: [[String]] = []

    static func html(_ lines: [Substring]) -> String {
        var markup = PageMarkup()
        for line in lines { markup.add(line) }
        markup.close()
        return markup.html
    }

    private mutating func add(_ line: Substring) {
        if line.hasPrefix("| ") {
            rows.append(
                line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false).map(trimmed))
        } else if line.hasPrefix("|-") {
            return
        } else if line.hasPrefix("- ") {
            items.append(inline(line.dropFirst(2)))
        } else if line.isEmpty {
            close()
        } else if line.hasPrefix("#") {
            close()
            let level = line.prefix { $0 == "#" }.count
            html += element("h\(level)", inline(line.dropFirst(level + 1))) + "\n"
        } else {
            paragraph.append(inline(line))
        }
    }

    private mutating func close() {
        if !paragraph.isEmpty { html += element("p", paragraph.joined(separator: " ")) + "\n" }
        if !items.isEmpty { html += element("ul", items.map { element("li", $0) + "\n" }.joined()) + "\n" }
        if !rows.isEmpty { html += table(head: rows[0], rows: Array(rows.dropFirst())) + "\n" }
        (paragraph, items, rows) = ([], [], [])
    }
}

/// Writes a table whose first column names its rows; figures stand on the right.
func table(head: [String], rows: [[String]]) -> String {
    let numeric = head.indices.map { column in
        !rows.isEmpty && rows.allSatisfy { $0[column].isEmpty || $0[column] == "–" || isFigure($0[column]) }
    }
    func cell(_ text: String, _ column: Int, _ name: String, _ scope: String) -> String {
        element(name, [("scope", scope), ("class", numeric[column] ? "number" : "")], inline(text[...]))
    }
    let titles = head.enumerated().map { cell($1, $0, "th", "col") }.joined()
    let lines = rows.map { row in
        row.enumerated().map { cell($1, $0, $0 == 0 ? "th" : "td", $0 == 0 ? "row" : "") }.joined()
    }
    // Wide tables scroll separately, with the keyboard too.
    return element(
        "div",
        [("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", head.joined(separator: ", "))],
        element(
            "table",
            element("thead", element("tr", titles))
                + element("tbody", lines.map { element("tr", $0) + "\n" }.joined())))
}

private func isFigure(_ text: String) -> Bool {
    let digits = FigureLinks.plain(text).replacing(" of ", with: " ").drop { $0 == "$" || $0 == "-" }
    return digits.first?.isNumber == true && !digits.contains { $0.isLetter && $0 != "s" && $0 != "m" }
}

private func trimmed(_ text: Substring) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
}

/// Writes a line with its `code` and **bold** parts.
func inline(_ text: Substring) -> String {
    marked(text, "`", "code") { marked($0, "**", "strong", escaped) }
}

/// Sets what stands between pairs of a mark into an element; a mark without a partner stays.
private func marked(
    _ text: Substring, _ mark: String, _ name: String, _ others: (Substring) -> String
) -> String {
    let parts = text.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count > 2 else { return others(text) }
    var result = ""
    for (index, part) in parts.enumerated() {
        if index % 2 == 0 {
            result += others(part)
        } else if index == parts.count - 1 {
            result += others(mark + part)
        } else {
            result += element(name, escaped(part))
        }
    }
    return result
}

extension PageMarkup {
    private func inline(_ text: Substring) -> String { Compiler.inline(text) }
}
