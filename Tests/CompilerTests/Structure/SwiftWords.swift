/// A word of Swift source that stands in code: not in a comment, and in a string only where it is interpolated.
struct SwiftWord {
    let text: Substring
    /// The nearest character before it that is no space.
    let before: Character?
    /// The character right behind it.
    let after: Character?
    /// The word before it.
    let previous: Substring?
}

/// Reads the words of Swift source, as far as the question needs it which names a file declares and uses.
struct SwiftWords {
    private var rest: Substring
    private var before: Character?
    private(set) var words: [SwiftWord] = []

    init(of source: String) {
        rest = source[...]
        readCode(until: nil)
    }

    /// Reads code up to the parenthesis that closes an interpolation, or to the end.
    private mutating func readCode(until close: Character?) {
        var depth = 0
        while let character = rest.first {
            if rest.hasPrefix("//") {
                rest = rest.drop { $0 != "\n" }
            } else if character == "\"" || character == "#", let hashes = hashesOfString() {
                readString(hashes: hashes)
            } else if character.isLetter || character == "_" {
                readWord()
            } else {
                if character == "(" { depth += 1 }
                if character == ")" {
                    if depth == 0, close != nil { return }
                    depth -= 1
                }
                if !character.isWhitespace { before = character }
                rest.removeFirst()
            }
        }
    }

    private mutating func readWord() {
        let text = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        rest = rest.dropFirst(text.count)
        words.append(SwiftWord(text: text, before: before, after: rest.first, previous: words.last?.text))
        before = text.last
    }

    /// The number of `#` before a string that begins here; nil where none does.
    private func hashesOfString() -> Int? {
        let hashes = rest.prefix { $0 == "#" }
        return rest.dropFirst(hashes.count).first == "\"" ? hashes.count : nil
    }

    private mutating func readString(hashes: Int) {
        rest = rest.dropFirst(hashes)
        let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        let end = quote + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        rest = rest.dropFirst(quote.count)
        while !rest.isEmpty, !rest.hasPrefix(end) {
            if rest.hasPrefix(escape + "(") {
                rest = rest.dropFirst(escape.count + 1)
                before = "("
                readCode(until: ")")
                rest = rest.dropFirst()
            } else {
                rest = rest.dropFirst(rest.hasPrefix(escape) ? escape.count + 1 : 1)
            }
        }
        rest = rest.dropFirst(end.count)
        before = "\""
    }
}
