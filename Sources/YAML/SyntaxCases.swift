import Diagnostics

extension SyntaxError {
    /// A quote that was left open, and closed by the next quote lines later: what follows that one makes no sense.
    var forgottenQuote: Diagnostic? {
        guard let longQuote, longQuote.end <= place else { return nil }
        let between = file.bytes[longQuote.end..<min(place, file.bytes.count)]
        guard !between.contains(UInt8(ascii: "\n")) else { return nil }
        let note = Diagnostic.Note(
            "the text runs on to this quote", at: SourceRange(file, longQuote.end - 1, longQuote.end),
            label: "ends here")
        return unclosedQuote(longQuote.start, notes: [note])
    }

    /// A quote without its other.
    func unclosedQuote(_ start: Int, notes: [Diagnostic.Note] = []) -> Diagnostic {
        let kind = byte(start) == UInt8(ascii: "'") ? "single" : "double"
        return make(
            "unclosed-quote", "a \(kind) quote is not closed", start, 1, "the text begins here", notes: notes,
            help: kind == "single" ? ["a `'` inside single quotes is written `''`"] : [])
    }

    /// A `[` or `{` without its other, or something between that is no item.
    var unclosedBracket: Diagnostic {
        if byte(place) == UInt8(ascii: "{"), place > 0, byte(place - 1) == UInt8(ascii: "$") { return unquotedHole }
        let bracket = bracket ?? contextPlace
        let open = byte(bracket) == UInt8(ascii: "{") ? "{" : "["
        let close = open == "{" ? "}" : "]"
        let isLater = place >= file.bytes.count || file.place(of: place).line > file.place(of: bracket).line
        if isLater || byte(place) == UInt8(ascii: "]") || byte(place) == UInt8(ascii: "}") {
            return make(
                "unclosed-bracket", "a `\(open)` is not closed", bracket, 1, "no `\(close)` follows",
                notes: place < file.bytes.count
                    ? [Diagnostic.Note("this cannot stand inside it", at: SourceRange(file, place, place + 1))] : [])
        }
        return make(
            "missing-comma", "a `,` or `\(close)` is missing", place, 1, "this cannot follow here",
            notes: [Diagnostic.Note("the `\(open)` is here", at: SourceRange(file, bracket, bracket + 1))],
            help: ["a text with `{`, `}`, `[`, `]` or `,` must be quoted between brackets"])
    }

    /// A template's hole between brackets, where its braces are taken for a mapping.
    private var unquotedHole: Diagnostic {
        let end = file.bytes[place...].firstIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "\n") } ?? place
        let length = byte(end) == UInt8(ascii: "}") ? end + 2 - place : 2
        // Quotes go around the whole text, of which the hole may be a part.
        let before = file.bytes[..<place].lastIndex { isBlank($0) || "[{,\"'".utf8.contains($0) } ?? place - 2
        let behind = file.bytes[(place - 1 + length)...].firstIndex { isBlank($0) || "]},\"'".utf8.contains($0) }
        let whole = SourceRange(file, before + 1, behind ?? place - 1 + length)
        let text = String(decoding: file.bytes[whole.start..<whole.end], as: UTF8.self)
        return make(
            "unquoted-hole", "a `${…}` between brackets is not quoted", place - 1, length,
            "YAML reads `{` as a mapping here",
            help: [Help("write `\"\(text)\"`", replacing: whole, by: ["\"\(text)\""])])
    }

    /// A character that begins nothing.
    var reservedCharacter: Diagnostic {
        let character = byte(place) ?? 0
        if character == UInt8(ascii: "\t") { return tab }
        let text = character == UInt8(ascii: "`") ? "a backtick" : "`\(String(decoding: [character], as: UTF8.self))`"
        return make(
            "reserved-character", "a text begins with \(text)", place, 1, "YAML reserves this character",
            help: ["put the text in quotes"])
    }

    /// A tab where only spaces indent.
    var tab: Diagnostic {
        var length = 1
        while byte(place + length) == UInt8(ascii: "\t") { length += 1 }
        return make("tab-indentation", "a tab cannot indent", place, length, "a tab", help: ["indent with spaces"])
    }

    /// A key without a colon.
    var missingColon: Diagnostic {
        let lineEnd = file.bytes[contextPlace...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
        var end = lineEnd
        while end > contextPlace + 1, isBlank(file.bytes[end - 1]) { end -= 1 }
        return make(
            "missing-colon", "a key has no `:`", contextPlace, end - contextPlace, "a key is expected here",
            help: ["write `key: value`, with a blank after the colon"])
    }

    /// A colon where no mapping can be.
    var strayColon: Diagnostic {
        let start = file.lineStarts[file.place(of: place).line - 1]
        let isSecond = zip(file.bytes[start..<place], file.bytes[start..<place].dropFirst())
            .contains { $0 == UInt8(ascii: ":") && isBlank($1) }
        return make(
            "stray-colon", isSecond ? "a second `:` stands in one line" : "a mapping cannot start here", place, 1,
            isSecond ? "the value cannot be a mapping here" : "the lines above are one text, to which this belongs",
            help: isSecond
                ? ["put a text with `: ` in quotes", "put a nested mapping on the next line, indented"]
                : ["give the key the same indentation as its neighbours"])
    }

    /// A line that belongs to no collection around it.
    var wrongIndentation: Diagnostic {
        if let stray = textAfterQuote { return stray }
        if byte(place) == UInt8(ascii: ":") {
            return nullKey(SourceRange(file, place, place))
        }
        let isList = problem.contains("'-'")
        let atEnd = place >= file.bytes.count
        let what = isList ? "list" : "mapping"
        let isOuter = problem.contains("document start")
        return make(
            "wrong-indentation",
            isOuter ? "text follows the end of the document" : "this does not continue the \(what) above",
            place, atEnd ? 0 : tokenLength,
            isOuter ? "this belongs to nothing" : "no \(isList ? "`- `" : "key") stands here",
            notes: isOuter
                ? []
                : [Diagnostic.Note("the \(what) begins here", at: SourceRange(file, contextPlace, contextPlace + 1))],
            help: ["compare the indentation: neighbours begin in the same column"])
    }

    /// A `*` or `&` without a name, or a `%` without a directive.
    var reservedSign: Diagnostic {
        let sign = context.contains("alias") ? "*" : context.contains("anchor") ? "&" : "%"
        return make(
            "reserved-character", "a text begins with `\(sign)`", contextPlace, 1, "YAML reserves this character",
            help: ["put the text in quotes"])
    }

    /// A backslash that YAML does not know.
    var unknownEscape: Diagnostic {
        let backslash = file.bytes[..<min(place + 1, file.bytes.count)].lastIndex(of: UInt8(ascii: "\\")) ?? place
        let isSurrogate = problem == "found invalid Unicode character escape code"
        return make(
            "unknown-escape", isSurrogate ? "the escape is no character" : "the escape is unknown", backslash, 2,
            isSurrogate ? "half of a surrogate pair" : "YAML knows no such escape",
            help: isSurrogate
                ? ["write the character itself, or `\\U` with eight digits"]
                : ["write `\\\\` for a backslash, or use single quotes"])
    }

    /// Text right behind a closing quote.
    var textAfterQuote: Diagnostic? {
        guard place < file.bytes.count, let last = file.bytes[..<place].lastIndex(where: { $0 != UInt8(ascii: " ") }),
            file.bytes[last] == UInt8(ascii: "\"") || file.bytes[last] == UInt8(ascii: "'")
        else { return nil }
        return make(
            "text-after-quote", "text follows a closing quote", place, tokenLength, "this cannot follow here",
            help: ["put the whole text in quotes, or none of it"])
    }

    /// The length of the word at the place.
    private var tokenLength: Int {
        let end = file.bytes[place...].firstIndex { isBlank($0) } ?? file.bytes.count
        return max(end - place, 1)
    }

    /// The byte at an offset.
    private func byte(_ offset: Int) -> UInt8? { file.bytes.indices.contains(offset) ? file.bytes[offset] : nil }
}
