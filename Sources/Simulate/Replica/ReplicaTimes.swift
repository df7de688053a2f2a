/// How long the requests of one replica take, by how many sequences run at once.
///
/// The figures are the plan's, or measured ones: a table for each number of running sequences, so that nothing is computed again here.
package struct ReplicaTimes: Sendable, Hashable {
    /// Seconds between two output tokens of a sequence while 1, 2, … sequences run, with the prompts computed in between.
    package let token: [Double]
    /// Seconds from the start of a request to its first token, without its prompt, when it is the 1st, 2nd, … running sequence.
    package let start: [Double]
    /// Seconds for each token of the prompt when it is the 1st, 2nd, … running sequence.
    package let promptToken: [Double]
    /// The planned time per output token over the time that decides when requests complete.
    package let tokenMargin: Double
    /// The tokens that the KV cache holds; nil if it holds those of all sequences.
    package let cacheTokens: Double?

    package init(
        token: [Double], start: [Double], promptToken: [Double], tokenMargin: Double = 1, cacheTokens: Double? = nil
    ) {
        precondition(!token.isEmpty && token.count == start.count && token.count == promptToken.count)
        self.token = token
        self.start = start
        self.promptToken = promptToken
        self.tokenMargin = tokenMargin
        self.cacheTokens = cacheTokens
    }

    /// The most sequences that run at once.
    package var mostSequences: Int { token.count }

    /// The times of a replica of which only the ends are known: those of one sequence and of the most.
    package static func between(
        most: Int, token: ClosedRange<Double>, first: ClosedRange<Double>, promptTokens: Double,
        cacheTokens: Double? = nil
    ) -> ReplicaTimes {
        func line(_ range: ClosedRange<Double>) -> [Double] {
            (0..<most).map { place in
                most == 1
                    ? range.upperBound
                    : range.lowerBound + (range.upperBound - range.lowerBound) * Double(place) / Double(most - 1)
            }
        }
        return ReplicaTimes(
            token: line(token), start: Array(repeating: 0, count: most),
            promptToken: line(first).map { $0 / max(1, promptTokens) }, cacheTokens: cacheTokens)
    }
}
