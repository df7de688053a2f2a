/// Matches texts against the patterns of shapes, each of which is compiled once.
struct PatternMatcher {
    private var compiled: [ObjectIdentifier: Regex<AnyRegexOutput>?] = [:]
    private var answers: [ObjectIdentifier: [String: Bool]] = [:]

    /// Tells whether the pattern of a shape is found in a text; one that cannot be read here is taken as met.
    mutating func matches(_ text: String, _ shape: FieldShape) -> Bool {
        // The shape stands for its pattern, which is longer than most texts.
        let key = ObjectIdentifier(shape)
        if let answer = answers[key]?[text] { return answer }
        let regex: Regex<AnyRegexOutput>?
        if let known = compiled[key] {
            regex = known
        } else {
            regex = try? Regex(shape.pattern)
            compiled[key] = .some(regex)
        }
        // A text beyond all forms is not worth the time that backtracking may take.
        let answer = regex.map { text.utf8.count > 4096 || ((try? $0.firstMatch(in: text)) ?? nil) != nil } ?? true
        answers[key, default: [:]][text] = answer
        return answer
    }
}
