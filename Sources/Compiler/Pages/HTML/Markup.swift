import Groundwork

/// Writes text so that HTML shows it as it is.
func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
        switch character {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.append(character)
        }
    }
    return result
}

/// Writes an element; empty attributes are left out.
func element(_ name: String, _ attributes: [(String, String)], _ content: String) -> String {
    "<\(name)\(attributeText(attributes))>\(content)</\(name)>"
}

/// Writes an element without attributes.
func element(_ name: String, _ content: String) -> String { "<\(name)>\(content)</\(name)>" }

/// Writes an element of SVG that holds nothing.
func shape(_ name: String, _ attributes: [(String, String)]) -> String { "<\(name)\(attributeText(attributes))/>" }

private func attributeText(_ attributes: [(String, String)]) -> String {
    attributes.filter { !$0.1.isEmpty }.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
}

/// A coordinate of a chart: at most one decimal.
func coordinate(_ value: Double) -> String { Notation.plain.text(value.rounded(1)) }

/// Writes a drawing that a screen reader announces by its title and description.
func drawing(
    _ id: String, title: String, description: String, width: Int, height: Int, style: String = "chart",
    _ content: String
) -> String {
    element(
        "svg",
        [
            ("viewBox", "0 0 \(width) \(height)"), ("role", "img"), ("aria-labelledby", "\(id)-title \(id)-text"),
            ("class", style),
        ],
        element("title", [("id", "\(id)-title")], escaped(title))
            + element("desc", [("id", "\(id)-text")], escaped(description)) + content)
}

/// A number with at most two decimals and no trailing zeros.
func changeNumber(_ value: Double) -> String { Notation.plain.text(value.rounded(2)) }
