/// The size and weight of a text in a drawing.
struct TextStyle: Equatable {
    let size: Double
    var isBold = false

    /// Measures a text: as wide as the widest of the usual system fonts draws it.
    func width(of text: some StringProtocol) -> Double {
        let units = text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar {
            case "m", "w", "M", "W", "@", "%", "…": sum + 100
            case "i", "l", "j", "I", ".", ",", ":", ";", "'", "|", " ": sum + 36
            case "A"..."Z": sum + 78
            case "-", "(", ")", "f", "r", "t": sum + 42
            default: sum + (scalar.isASCII || scalar == "×" ? 64 : scalar == "–" ? 52 : 100)
            }
        }
        return Double(units) / 100 * size * (isBold ? 1.12 : 1)
    }

    /// Shortens a text to a width; empty if not even three letters fit.
    func fitted(_ text: String, to room: Double) -> String {
        if width(of: text) <= room { return text }
        var kept = text[...]
        while !kept.isEmpty, width(of: kept + "…") > room { kept.removeLast() }
        while kept.last == " " || kept.last == "-" { kept.removeLast() }
        return kept.count < 3 ? "" : kept + "…"
    }
}
