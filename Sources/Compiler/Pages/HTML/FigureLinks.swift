import Groundwork

/// Turns the figures of a text into HTML buttons that show their reasons.
///
/// Private-use characters mark them in the Markdown, so that its parser needs no knowledge of figures.
struct FigureLinks {
    private static let (open, separator, close): (Character, Character, Character) = (
        "\u{E000}", "\u{E001}", "\u{E002}"
    )

    /// The lines of reasons that one figure shows.
    private static let rows = 16

    /// The most figures of a page with reasons: one with more would take too long to load.
    private static let most = 4000

    private let figures: [ReasonedText.Mark]
    /// The line in which each figure stands.
    private let lines: [Int]

    init(_ text: ReasonedText) {
        figures = text.figures.count <= Self.most ? text.figures : []
        let bytes = Array(text.text.utf8)
        var (offset, line) = (0, 1)
        lines = figures.map { mark in
            line += bytes[offset..<mark.start].count { $0 == UInt8(ascii: "\n") }
            offset = mark.start
            return line
        }
    }

    /// How to read the page.
    var hint: String {
        figures.isEmpty
            ? "`stowage explain PLAN.md:LINE` shows how each figure is derived."
            : "Select an underlined figure to see how it is derived."
    }

    /// The text with its figures marked by their numbers.
    func marked(_ text: ReasonedText) -> String {
        let bytes = Array(text.text.utf8)
        var (result, end) = ("", 0)
        for (number, mark) in figures.enumerated() {
            result += String(decoding: bytes[end..<mark.start], as: UTF8.self)
            end = mark.start + mark.count
            let shown = String(decoding: bytes[mark.start..<end], as: UTF8.self)
            result += "\(Self.open)\(number)\(Self.separator)\(shown)\(Self.close)"
        }
        return result + String(decoding: bytes[end...], as: UTF8.self)
    }

    /// The text of a cell without the marks.
    static func plain(_ text: String) -> String {
        var (result, isNumber) = ("", false)
        for character in text {
            switch character {
            case open: isNumber = true
            case separator: isNumber = false
            case close: continue
            default: if !isNumber { result.append(character) }
            }
        }
        return result
    }

    /// The HTML with a button for each figure, followed by the panels; figures with equal reasons share one.
    func linked(_ html: String) -> String {
        var (result, number, isNumber) = ("", "", false)
        var (shown, panels): ([String: Int], [String]) = ([:], [])
        for character in html {
            switch character {
            case Self.open: (number, isNumber) = ("", true)
            case Self.separator:
                isNumber = false
                let index = Int(number) ?? 0
                let reasons = explanations(of: [figures[index].figure], limit: Self.rows)[0]
                let place = shown[reasons] ?? panels.count
                if place == panels.count {
                    shown[reasons] = place
                    panels.append(panel(place, reasons, index))
                }
                result += button(place, index)
            case Self.close: result += "</button>"
            default: if isNumber { number.append(character) } else { result.append(character) }
            }
        }
        return result + panels.joined()
    }

    private func button(_ place: Int, _ index: Int) -> String {
        "<button type=\"button\" class=\"why\" popovertarget=\"why-\(place)\" title=\"\(escaped(figures[index].figure.name))\">"
    }

    /// What a button shows: the reasons, and how to see all of them.
    private func panel(_ place: Int, _ reasons: String, _ index: Int) -> String {
        let name = "reasons of \(figures[index].figure.name)"
        let further =
            reasons.contains("…") ? "`stowage explain PLAN.md:\(lines[index]) --all` shows what `…` omits" : ""
        return element(
            "div",
            [
                ("popover", "auto"), ("id", "why-\(place)"), ("class", "reasons"), ("role", "dialog"),
                ("aria-label", name), ("tabindex", "0"),
            ], element("pre", escaped(reasons)) + (further.isEmpty ? "" : element("p", inline(further[...])))) + "\n"
    }
}
