import Groundwork

/// A label matcher, ready to be asked about many series.
///
/// Regular expressions are compiled when a label has to be looked at, and match from the first character to the last.
struct SeriesMatcher {
    private enum Condition {
        case isOne([Substring])
        case isAny
        case isSet
        case matches(Regex<AnyRegexOutput>)
    }

    let label: String
    private let condition: Condition
    private let isNegated: Bool

    init(_ matcher: Query.Matcher, _ behavior: PrometheusBehavior) throws(QueryFailure) {
        label = matcher.label
        isNegated = matcher.relation == .unequal || matcher.relation == .unmatching
        switch matcher.relation {
        case .equal, .unequal: condition = .isOne([matcher.value[...]])
        case .matching, .unmatching:
            let special: Set<Character> = ["\\", ".", "+", "*", "?", "(", ")", "[", "]", "{", "}", "^", "$"]
            switch matcher.value {
            case ".*": condition = .isAny
            case ".+": condition = .isSet
            case let text where !text.contains(where: special.contains):
                condition = .isOne(text.split(separator: "|", omittingEmptySubsequences: false))
            case let text: condition = .matches(try expression(text, matcher.valueExtent, behavior))
            }
        }
    }

    func accepts(_ labels: SeriesLabels) -> Bool {
        let value = labels[label]
        let holds =
            switch condition {
            case .isOne(let values): values.contains(value[...])
            case .isAny: true
            case .isSet: !value.isEmpty
            case .matches(let regex): ((try? regex.wholeMatch(in: value)) ?? nil) != nil
            }
        return holds != isNegated
    }
}

/// Compiles a regular expression of Prometheus, which knows no lookaround and no references to groups.
func expression(_ text: String, _ extent: Range<Int>, _ behavior: PrometheusBehavior) throws(QueryFailure)
    -> Regex<AnyRegexOutput>
{
    for construct in ["(?=", "(?!", "(?<=", "(?<!", "(?>"] where text.contains(construct) {
        throw .invalid("Prometheus does not accept `\(construct)` in a regular expression", extent)
    }
    guard let regex = try? Regex(text) else {
        throw .unsupported("the regular expression `\(text)`", extent)
    }
    let whole = regex.matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses().asciiOnlyWordCharacters()
    return behavior.dotMatchesLineBreaks ? whole.dotMatchesNewlines() : whole
}
