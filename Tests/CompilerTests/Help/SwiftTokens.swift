/// A token of Swift source, as far as messages need it.
enum SwiftToken: Equatable {
    case word(String)
    /// A string literal; what is interpolated stands in `‹›`.
    case string(String)
    case symbol(Character)
}

/// Reads the tokens of Swift source; comments are left out.
struct SwiftTokens {
    private var rest: Substring
    private(set) var tokens: [SwiftToken] = []

    init(of source: some StringProtocol) {
        rest = Substring(source)
        while !rest.isEmpty { readToken() }
    }

    private mutating func readToken() {
        if rest.hasPrefix("//") {
            rest = rest.drop { $0 != "\n" }
        } else if let hashes = hashesOfString() {
            tokens.append(.string(readString(hashes: hashes)))
        } else if isRegex {
            readRegex()
        } else if let first = rest.first, first.isLetter || first == "_" {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(word.count)
            tokens.append(.word(String(word)))
        } else {
            let character = rest.removeFirst()
            if !character.isWhitespace { tokens.append(.symbol(character)) }
        }
    }

    /// Whether a regular expression begins here, rather than a division.
    private var isRegex: Bool {
        guard rest.first == "/", rest.dropFirst().first?.isWhitespace == false else { return false }
        guard case .symbol(let before) = tokens.last else { return tokens.last == .word("in") }
        return "([{,:=".contains(before)
    }

    private mutating func readRegex() {
        rest.removeFirst()
        while let character = rest.popFirst(), character != "/" {
            if character == "\\" { rest = rest.dropFirst() }
        }
    }

    /// The number of `#` before a string that begins here; nil where none does.
    private func hashesOfString() -> Int? {
        let hashes = rest.prefix { $0 == "#" }.count
        return rest.dropFirst(hashes).first == "\"" ? hashes : nil
    }

    private mutating func readString(hashes: Int) -> String {
        rest = rest.dropFirst(hashes)
        let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        rest = rest.dropFirst(quote.count)
        let end = quote + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        var text = ""
        while !rest.isEmpty, !rest.hasPrefix(end) {
            if rest.hasPrefix(escape + "(") {
                rest = rest.dropFirst(escape.count + 1)
                text += "‹\(slot(readInterpolation()))›"
            } else if rest.hasPrefix(escape) {
                rest = rest.dropFirst(escape.count)
                if let character = rest.popFirst() {
                    text += character == "n" ? " " : character == "\n" ? "" : String(character)
                }
            } else {
                text.append(rest.removeFirst())
            }
        }
        rest = rest.dropFirst(end.count)
        return text.split { $0 == "\n" || $0 == " " }.joined(separator: " ").keepingEnds(of: text)
    }

    /// The source of an interpolation, up to the parenthesis that closes it.
    private mutating func readInterpolation() -> Substring {
        let start = rest.startIndex
        let all = rest
        var depth = 0
        while let character = rest.first {
            if let hashes = hashesOfString() {
                _ = readString(hashes: hashes)
                continue
            }
            if character == "(" { depth += 1 }
            if character == ")" {
                if depth == 0 { break }
                depth -= 1
            }
            rest.removeFirst()
        }
        let content = all[start..<rest.startIndex]
        rest = rest.dropFirst()
        return content
    }

    /// What stands for an interpolation: the words that it chooses from, else the last name in it.
    private func slot(_ source: Substring) -> String {
        let tokens = SwiftTokens(of: source).tokens
        let words = tokens.compactMap { if case .string(let text) = $0, !text.isEmpty { text } else { nil } }
        if tokens.contains(.symbol("?")), !words.isEmpty { return words.joined(separator: "|") }
        let plain: Set = ["value", "text", "words", "rawValue", "map", "joined", "separator", "as"]
        let names = tokens.prefix { $0 != .symbol(",") }.compactMap {
            if case .word(let name) = $0, !plain.contains(name) { name } else { nil }
        }
        return names.last ?? "…"
    }
}

extension String {
    /// The spaces at the ends of another text around this one.
    fileprivate func keepingEnds(of other: String) -> String {
        (other.first == " " ? " " : "") + self + (other.last == " " && other.count > 1 ? " " : "")
    }
}
