import Diagnostics

extension SyntaxError {
    /// A quote that was left open, and closed by the next quote lines later: what follows that one makes no sense.
    var forgottenQuote: Diagnostic? {
        guard let longQuote, longQuote.end <= place else { return nil }
        let between = file.bytes[longQuote.end..<min(place, file.bytes.count)]
        guard !between.contains(UInt8(ascii: "\n")) else { return nil }
        let note = Diagnostic.Note(
            "the string continues to this quote", at: SourceRange(file, longQuote.end - 1, longQuote.end),
            label: "ends here")
        return unclosedQuote(longQuote.start, notes: [note])
    }

    /// A quote without its other.
    func unclosedQuote(_ start: Int, notes: [Diagnostic.Note] = []) -> Diagnostic {
        let kind = byte(start) == UInt8(ascii: "'") ? "single" : "double"
        return make(
            "unclosed-quote", "a \(kind) quote is not closed", start, 1, "the string starts here", notes: notes,
            help: kind == "single" ? ["write `''` for a `'` inside single quotes"] : [])
    }

    /// A `[` or `{` without its other, or something between that is no item.
    var unclosedBracket: Diagnostic {
        if byte(place) == UInt8(ascii: "{"), place > 0, byte(place - 1) == UInt8(ascii: "$") {
            return unquotedPlaceholder
        }
        let bracket = bracket ?? contextPlace
        let open = byte(bracket) == UInt8(ascii: "{") ? "{" : "["
        let close = open == "{" ? "}" : "]"
        let isLater = place >= file.bytes.count || file.place(of: place).line > file.place(of: bracket).line
        if isLater || byte(place) == UInt8(ascii: "]") || byte(place) == UInt8(ascii: "}") {
            return make(
                "unclosed-bracket", "a `\(open)` is not closed", bracket, 1, "missing `\(close)`",
                notes: place < file.bytes.count
                    ? [Diagnostic.Note("this is not allowed inside it", at: SourceRange(file, place, place + 1))] : [])
        }
        return make(
            "missing-comma", "a `,` or `\(close)` is missing", place, 1, "unexpected",
            notes: [Diagnostic.Note("the `\(open)` is here", at: SourceRange(file, bracket, bracket + 1))],
            help: ["quote strings with `{`, `}`, `[`, `]` or `,` between brackets"])
    }

    /// A template's placeholder between brackets, where its braces are taken for a mapping.
    private var unquotedPlaceholder: Diagnostic {
        let end = file.bytes[place...].firstIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "\n") } ?? place
        let length = byte(end) == UInt8(ascii: "}") ? end + 2 - place : 2
        // Quotes go around the whole text, of which the placeholder may be a part.
        let before = file.bytes[..<place].lastIndex { isBlank($0) || "[{,\"'".utf8.contains($0) } ?? place - 2
        let behind = file.bytes[(place - 1 + length)...].firstIndex { isBlank($0) || "]},\"'".utf8.contains($0) }
        let whole = SourceRange(file, before + 1, behind ?? place - 1 + length)
        let text = String(decoding: file.bytes[whole.start..<whole.end], as: UTF8.self)
        return make(
            "unquoted-placeholder", "a `${…}` between brackets is not quoted", place - 1, length,
            "YAML reads `{` as a mapping here",
            help: [Help("write `\"\(text)\"`", replacing: whole, by: ["\"\(text)\""])])
    }

    /// A character that begins nothing.
    var reservedCharacter: Diagnostic {
        let character = byte(place) ?? 0
        if character == UInt8(ascii: "\t") { return tab }
        let text = character == UInt8(ascii: "`") ? "a backtick" : "`\(String(decoding: [character], as: UTF8.self))`"
        return make(
            "reserved-character", "a string starts with \(text)", place, 1, "YAML reserves this character",
            help: ["quote the string"])
    }

    /// A tab where only spaces indent.
    var tab: Diagnostic {
        var length = 1
        while byte(place + length) == UInt8(ascii: "\t") { length += 1 }
        return make(
            "tab-indentation", "a tab is used as indentation", place, length, "not allowed in YAML",
            help: ["indent with spaces"])
    }

    /// A key without a colon.
    var missingColon: Diagnostic {
        let lineEnd = file.bytes[contextPlace...].firstIndex(of: UInt8(ascii: "\n")) ?? file.bytes.count
        var end = lineEnd
        while end > contextPlace + 1, isBlank(file.bytes[end - 1]) { end -= 1 }
        return make(
            "missing-colon", "a key has no `:`", contextPlace, end - contextPlace, "expected a key",
            help: ["write `key: value`, with a space after the colon"])
    }

    /// A colon where no mapping can be.
    var strayColon: Diagnostic {
        let start = file.lineStarts[file.place(of: place).line - 1]
        let isSecond = zip(file.bytes[start..<place], file.bytes[start..<place].dropFirst())
            .contains { $0 == UInt8(ascii: ":") && isBlank($1) }
        return make(
            "stray-colon", isSecond ? "a line has a second `:`" : "a mapping cannot start here", place, 1,
            isSecond ? "the value cannot be a mapping here" : "part of the string on the lines above",
            help: isSecond
                ? ["quote strings with `: `", "put a nested mapping on the next line, indented"]
                : ["indent the key like the other keys of its mapping"])
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
            isOuter ? "unexpected content after the end of the document" : "this does not continue the \(what) above",
            place, atEnd ? 0 : tokenLength,
            isOuter ? "not part of the document" : "expected \(isList ? "`- `" : "a key")",
            notes: isOuter
                ? []
                : [Diagnostic.Note("the \(what) starts here", at: SourceRange(file, contextPlace, contextPlace + 1))],
            help: ["check the indentation: all items and keys of a level start in the same column"])
    }

    /// A `*` or `&` without a name, or a `%` without a directive.
    var reservedSign: Diagnostic {
        let sign = context.contains("alias") ? "*" : context.contains("anchor") ? "&" : "%"
        return make(
            "reserved-character", "a string starts with `\(sign)`", contextPlace, 1, "YAML reserves this character",
            help: ["quote the string"])
    }

    /// A backslash that YAML does not know.
    var unknownEscape: Diagnostic {
        let backslash = file.bytes[..<min(place + 1, file.bytes.count)].lastIndex(of: UInt8(ascii: "\\")) ?? place
        let isSurrogate = problem == "found invalid Unicode character escape code"
        return make(
            "unknown-escape", isSurrogate ? "the escape sequence is not a character" : "the escape sequence is unknown",
            backslash, 2,
            isSurrogate ? "half of a surrogate pair" : "not an escape sequence of YAML",
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
            "text-after-quote", "unexpected text after a closing quote", place, tokenLength, "unexpected",
            help: ["quote the whole string, or none of it"])
    }

    /// The length of the word at the place.
    private var tokenLength: Int {
        let end = file.bytes[place...].firstIndex { isBlank($0) } ?? file.bytes.count
        return max(end - place, 1)
    }

    /// The byte at an offset.
    private func byte(_ offset: Int) -> UInt8? { file.bytes.indices.contains(offset) ? file.bytes[offset] : nil }
}
