import Diagnostics

/// A syntax error of libyaml, with a message that names the mistake.
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
                "misplaced-item", "a list item cannot start here", place, 1, "this `-` is inside another value",
                help: ["put each `- ` on a line of its own", "quote strings that start with `- `"])
        case "mapping keys are not allowed in this context":
            return make(
                "misplaced-key", "a key cannot start here", place, 1, "this `?` is inside another value",
                help: ["quote strings that start with `? `"])
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            return wrongIndentation
        case "did not find expected node content" where bracket != nil && place >= file.bytes.count:
            return unclosedBracket
        case "did not find expected node content":
            return make("missing-value", "a value is missing here", place, 1, "not the start of a value")
        case "did not find expected alphabetic or numeric character": return reservedSign
        case "did not find expected comment or line break" where context.contains("block scalar"):
            return make(
                "text-after-block-sign", "a `|` or `>` has text on its line", place, 1,
                "must be on the next line",
                help: ["quote strings that start with `|` or `>`"])
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            return unknownEscape
        case "found undefined tag handle":
            return make(
                "custom-tag", "the tag has an undefined handle", place, 1, "undefined handle",
                help: ["remove the tag", "quote strings that start with `!`"])
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

    /// Any other error: a malformed directive or tag.
    private var general: Diagnostic {
        make(
            "malformed-yaml", "the file is not valid YAML: " + problem.replacingPrefix("found ", "") + " " + context,
            place,
            1,
            "parsing stopped here")
    }
}

extension String {
    /// Replaces the beginning of a text.
    fileprivate func replacingPrefix(_ prefix: String, _ other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
