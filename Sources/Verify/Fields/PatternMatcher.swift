/// Matches strings against the patterns of schemas, and compiles each pattern once.
struct PatternMatcher {
    private var compiled: [ObjectIdentifier: Regex<AnyRegexOutput>?] = [:]
    private var answers: [ObjectIdentifier: [String: Bool]] = [:]

    /// Tells whether the pattern of a schema is found in a string; a pattern that cannot be parsed always matches.
    mutating func matches(_ text: String, _ schema: FieldSchema) -> Bool {
        // The schema is the key, since its pattern is longer than most strings.
        let key = ObjectIdentifier(schema)
        if let answer = answers[key]?[text] { return answer }
        let regex: Regex<AnyRegexOutput>?
        if let known = compiled[key] {
            regex = known
        } else {
            regex = try? Regex(schema.pattern)
            compiled[key] = .some(regex)
        }
        // A very long string is accepted, since backtracking may take too long.
        let answer = regex.map { text.utf8.count > 4096 || ((try? $0.firstMatch(in: text)) ?? nil) != nil } ?? true
        answers[key, default: [:]][text] = answer
        return answer
    }
}
