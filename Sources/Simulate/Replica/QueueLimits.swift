/// What a replica takes before it rejects further requests; nil for no limit.
package struct QueueLimits: Sendable, Hashable {
    /// Why a request is rejected, as vLLM's counter names it.
    package enum Reason: String, Sendable, CaseIterable {
        case requests = "max_num_queued_reqs"
        case promptTokens = "max_num_queued_tokens"
    }

    /// Requests that run or wait.
    package var requests: Int?
    /// The tokens of all prompts without a first token.
    package var promptTokens: Double?

    package init(requests: Int? = nil, promptTokens: Double? = nil) {
        self.requests = requests
        self.promptTokens = promptTokens
    }
}
