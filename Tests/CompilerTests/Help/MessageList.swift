import Foundation

/// A diagnostic as the sources write it: its code, and each of its parts with slots for what is interpolated.
struct WrittenMessage: Hashable {
    let code: String
    let parts: [String]

    /// The functions and types that make a diagnostic, by the last word of their call.
    private static let makers: Set = ["error", "warning", "Diagnostic", "FieldProblem", "make", "problem"]

    /// Every diagnostic of a file.
    static func all(in source: String) -> [WrittenMessage] {
        let tokens = SwiftTokens(of: source).tokens
        let rule = tokens.indices.first {
            tokens[$0] == .word("Rule") && $0 + 1 < tokens.count && tokens[$0 + 1] == .symbol("(")
        }
        .flatMap { Arguments(tokens[($0 + 2)...]).first?.code }
        return tokens.indices.dropLast().compactMap { index in
            guard case .word(let name) = tokens[index], tokens[index + 1] == .symbol("(") else { return nil }
            let arguments = Arguments(tokens[(index + 2)...])
            if name == "add", let rule, index > 1, tokens[index - 2] == .word("findings") {
                return WrittenMessage(code: rule, arguments[...])
            }
            guard makers.contains(name), let place = arguments.firstIndex(where: { $0.code != nil }), place < 2,
                let code = arguments[place].code
            else { return nil }
            return WrittenMessage(code: code, arguments[(place + 1)...])
        }
    }

    /// The texts of a file under a code whose message is put together there.
    static func built(_ code: String, in source: String) -> [WrittenMessage] {
        let texts = SwiftTokens(of: source).tokens.compactMap { token -> String? in
            guard case .string(let text) = token, text.contains(" "), text.contains(where: \.isLetter) else {
                return nil
            }
            return text
        }
        return texts.map { WrittenMessage(code: code, parts: [$0]) }
    }

    private init(code: String, parts: [String]) {
        self.code = code
        self.parts = parts
    }

    private init?(code: String, _ arguments: ArraySlice<Argument>) {
        self.code = code
        guard let message = arguments.first(where: { $0.label.isEmpty && !$0.texts.isEmpty }) else { return nil }
        let others = ["label", "notes", "help"].flatMap { label in
            arguments.filter { $0.label == label }.flatMap(\.texts).map {
                "\(label == "notes" ? "note" : label): \($0)"
            }
        }
        parts = message.texts + others
    }
}

private typealias Arguments = [Argument]

/// An argument of a call.
private struct Argument {
    var label = ""
    var tokens: [SwiftToken] = []

    /// The text, if the argument is one string that can be a code.
    var code: String? {
        guard tokens.count == 1, case .string(let text) = tokens[0], text.contains("-") else { return nil }
        return text.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } ? text : nil
    }

    /// The strings in it that are no part of a closure; those that are added to each other are one.
    var texts: [String] {
        var texts: [String] = []
        var braces = 0
        var isAdded = false
        for token in tokens {
            switch token {
            case .symbol("{"): braces += 1
            case .symbol("}"): braces -= 1
            case .symbol("+"): isAdded = true
            case .string(let text) where braces == 0 && (isAdded || text.contains(" ")):
                if isAdded, let last = texts.popLast() { texts.append(last + text) } else { texts.append(text) }
                isAdded = false
            case .word, .string, .symbol: isAdded = false
            }
        }
        return texts
    }
}

extension [Argument] {
    /// Reads the arguments of a call up to the parenthesis that closes it.
    fileprivate init(_ tokens: ArraySlice<SwiftToken>) {
        self = [Argument()]
        var depth = 0
        for token in tokens {
            switch token {
            case .symbol("("), .symbol("["), .symbol("{"): depth += 1
            case .symbol(")") where depth == 0: return
            case .symbol(")"), .symbol("]"), .symbol("}"): depth -= 1
            case .symbol(",") where depth == 0:
                append(Argument())
                continue
            case .symbol(":") where depth == 0 && self[count - 1].tokens.count == 1:
                if case .word(let label) = self[count - 1].tokens[0] {
                    self[count - 1] = Argument(label: label)
                    continue
                }
            case .symbol, .word, .string: break
            }
            self[count - 1].tokens.append(token)
        }
    }
}
