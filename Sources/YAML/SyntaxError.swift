import Diagnostics

/// A syntax error of libyaml, said in words that name what the writer did.
struct SyntaxError {
    let file: SourceFile
    /// libyaml's words for what is wrong.
    let problem: String
    /// Where it noticed.
    let place: Int
    /// libyaml's words for what it was reading.
    let context: String
    /// Where that began.
    let contextPlace: Int
    /// The last quoted text before the error that runs over several lines.
    let longQuote: SourceRange?
    /// The innermost bracket that was open.
    let bracket: Int?

    init(
        _ file: SourceFile, _ failure: (problem: String, context: String, at: Int, contextAt: Int),
        longQuote: SourceRange?, bracket: Int?
    ) {
        self.file = file
        (problem, context, place, contextPlace) = failure
        self.longQuote = longQuote
        self.bracket = bracket
    }

    var diagnostic: Diagnostic {
        if let quote = forgottenQuote { return quote }
        switch problem {
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": return unclosedBracket
        case "found unexpected end of stream", "found unexpected document indicator": return unclosedQuote(contextPlace)
        case "found character that cannot start any token": return reservedCharacter
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return tab
        case "could not find expected ':'": return missingColon
        case "mapping values are not allowed in this context": return strayColon
        case "block sequence entries are not allowed in this context":
            return make(
                "misplaced-item", "a list item cannot start here", place, 1, "this `-` stands inside another value",
                help: ["put each `- ` on a line of its own", "a text that begins with `- ` must be quoted"])
        case "mapping keys are not allowed in this context":
            return make(
                "misplaced-key", "a key cannot start here", place, 1, "this `?` stands inside another value",
                help: ["a text that begins with `? ` must be quoted"])
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            return wrongIndentation
        case "did not find expected node content" where bracket != nil && place >= file.bytes.count:
            return unclosedBracket
        case "did not find expected node content":
            return make("missing-value", "a value is missing here", place, 1, "no value can begin like this")
        case "did not find expected alphabetic or numeric character": return reservedSign
        case "did not find expected comment or line break" where context.contains("block scalar"):
            return make(
                "text-after-block-sign", "text stands on the line of a `|` or `>`", place, 1,
                "this must go to the next line",
                help: ["a text that begins with `|` or `>` must be quoted"])
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return unknownEscape
        case "found undefined tag handle":
            return make(
                "custom-tag", "the tag has an undefined handle", place, 1, "the meaning of this is unknown",
                help: ["remove the tag", "a text that begins with `!` must be quoted"])
        default: return context == "while scanning a directive" ? reservedSign : general
        }
    }

    /// Makes the diagnostic for a stretch of the text.
    func make(
        _ code: String, _ message: String, _ start: Int, _ length: Int, _ label: String, notes: [Diagnostic.Note] = [],
        help: [Help] = []
    ) -> Diagnostic {
        let start = min(start, file.bytes.count)
        let range = SourceRange(file, start, min(start + length, file.bytes.count))
        return Diagnostic(.error, code, message, at: range, label: label, notes: notes, help: help)
    }

    /// What has no better words: a directive or a tag that is written wrongly.
    private var general: Diagnostic {
        make(
            "malformed-yaml", "the text is not YAML: " + problem.replacingPrefix("found ", "") + " " + context, place,
            1,
            "reading stopped here")
    }
}

extension String {
    /// Replaces the beginning of a text.
    fileprivate func replacingPrefix(_ prefix: String, _ other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
