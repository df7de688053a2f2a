/// Matches texts against the patterns of schemas, each of which is compiled once.
struct PatternMatcher {
    private var compiled: [String: Regex<AnyRegexOutput>?] = [:]
    private var answers: [String: [String: Bool]] = [:]

    /// Tells whether a pattern is found in a text; one that cannot be read here is taken as met.
    mutating func matches(_ text: String, _ pattern: String) -> Bool {
        if let answer = answers[pattern]?[text] { return answer }
        let regex: Regex<AnyRegexOutput>?
        if let known = compiled[pattern] {
            regex = known
        } else {
            regex = try? Regex(pattern)
            compiled[pattern] = .some(regex)
        }
        // A text beyond all forms is not worth the time that backtracking may take.
        let answer = regex.map { text.utf8.count > 4096 || ((try? $0.firstMatch(in: text)) ?? nil) != nil } ?? true
        answers[pattern, default: [:]][text] = answer
        return answer
    }
}
