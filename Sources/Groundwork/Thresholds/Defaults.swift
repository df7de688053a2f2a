/// Numbers that stand in where the spec says nothing.
package enum Defaults {
    package static let inputTokens = Parameter.default(
        "input tokens", 1000, "tokens", because: "a prompt of a page or two, where the spec does not say",
        replacedBy: "models[].traffic.tokens.input")
    package static let outputTokens = Parameter.default(
        "output tokens", 250, "tokens", because: "an answer of a few paragraphs, where the spec does not say",
        replacedBy: "models[].traffic.tokens.output")
    package static let context = Parameter.default(
        "context", 8192, "tokens", because: "long enough for a chat, where the spec does not say",
        replacedBy: "models[].context")
    package static let fp8Block = Parameter.default(
        "FP8 block", 128, "weights",
        because:
            "side of the blocks that share a scale, as most publishers of mixtures have it, where the spec does not say",
        source: "weight_block_size of DeepSeek-V3, Qwen3 and MiniMax-M2 in FP8",
        replacedBy: "models[].weights.blockSize")
    package static let ramp = Parameter.default(
        "ramp", 1800, "s", because: "traffic takes this long from steady to peak, where the spec does not say",
        replacedBy: "models[].traffic.ramp")
    /// The latencies that a plan keeps for models of a class whose spec says nothing about them; nil where throughput decides.
    package static func latencies(of workloadClass: WorkloadClass) -> (
        firstToken: Parameter, perOutputToken: Parameter
    )? {
        switch workloadClass {
        case .realtime: (realtimeFirstToken, realtimePerOutputToken)
        case .interactive: (interactiveFirstToken, interactivePerOutputToken)
        case .batch: nil
        }
    }
    package static let realtimeFirstToken = Parameter.default(
        "realtime time to first token", 1, "s", because: "an answer begins without a noticeable break in a dialogue",
        source: latencySource, replacedBy: "models[].sla.timeToFirstToken")
    package static let realtimePerOutputToken = Parameter.default(
        "realtime time per output token", 0.05, "s", because: "text or speech flows faster than people follow",
        source: latencySource, replacedBy: "models[].sla.timePerOutputToken")
    package static let interactiveFirstToken = Parameter.default(
        "interactive time to first token", 2.5, "s", because: "an answer begins while its reader waits for it",
        source: latencySource, replacedBy: "models[].sla.timeToFirstToken")
    package static let interactivePerOutputToken = Parameter.default(
        "interactive time per output token", 0.15, "s", because: "text appears as fast as people read",
        source: latencySource, replacedBy: "models[].sla.timePerOutputToken")
    private static let latencySource =
        "a choice of Stowage at a bucket of vLLM's histograms; MLPerf Inference asks Llama 2 70B for 2 s and 200 ms, interactive for 0.45 s and 40 ms"
    package static let percentile = Parameter.default(
        "percentile", 0.95, "ratio", because: "the share of requests that a latency is stated for without a target",
        replacedBy: "models[].sla")
}
