/// Defaults for fields that the spec does not set.
package enum Defaults {
    package static let inputTokens = Parameter.default(
        "input tokens", 1000, "tokens", because: "a prompt of one or two pages",
        replacedBy: "models[].traffic.tokens.input")
    package static let outputTokens = Parameter.default(
        "output tokens", 250, "tokens", because: "an answer of a few paragraphs",
        replacedBy: "models[].traffic.tokens.output")
    package static let context = Parameter.default(
        "context", 8192, "tokens", because: "long enough for a chat",
        replacedBy: "models[].context")
    package static let fp8Block = Parameter.default(
        "FP8 block", 128, "weights",
        because:
            "side of the blocks that share a scale, as in most published MoE models",
        source: "weight_block_size of DeepSeek-V3, Qwen3 and MiniMax-M2 in FP8",
        replacedBy: "models[].weights.blockSize")
    package static let ramp = Parameter.default(
        "ramp", 1800, "s", because: "the time in which traffic grows from steady to peak",
        replacedBy: "models[].traffic.ramp")
    /// The default latency targets of a class; nil if throughput decides.
    package static func latencies(of workloadClass: WorkloadClass) -> (
        ttft: Parameter, tpot: Parameter
    )? {
        switch workloadClass {
        case .realtime: (realtimeTTFT, realtimeTPOT)
        case .interactive: (interactiveTTFT, interactiveTPOT)
        case .batch: nil
        }
    }
    /// The default target of the end-to-end latency of a class, for models that generate no tokens; nil if throughput decides.
    package static func endToEnd(of workloadClass: WorkloadClass) -> Parameter? {
        switch workloadClass {
        case .realtime: realtimeEndToEnd
        case .interactive: interactiveEndToEnd
        case .batch: nil
        }
    }
    package static let realtimeEndToEnd = Parameter.default(
        "realtime end-to-end latency", 0.3, "s", because: "one step of a search that answers while a user types",
        source: endToEndSource, replacedBy: "models[].sla.endToEndLatency")
    package static let interactiveEndToEnd = Parameter.default(
        "interactive end-to-end latency", 1, "s", because: "one step of a search that a user waits for",
        source: endToEndSource, replacedBy: "models[].sla.endToEndLatency")
    private static let endToEndSource =
        "a choice of Stowage at a bucket of vLLM's histogram, whose smallest is 0.3 s"
    package static let realtimeTTFT = Parameter.default(
        "realtime time to first token", 1, "s", because: "an answer begins without a noticeable pause in a dialog",
        source: latencySource, replacedBy: "models[].sla.timeToFirstToken")
    package static let realtimeTPOT = Parameter.default(
        "realtime time per output token", 0.05, "s", because: "text or speech is faster than people read or listen",
        source: latencySource, replacedBy: "models[].sla.timePerOutputToken")
    package static let interactiveTTFT = Parameter.default(
        "interactive time to first token", 2.5, "s", because: "an answer begins while the reader still waits for it",
        source: latencySource, replacedBy: "models[].sla.timeToFirstToken")
    package static let interactiveTPOT = Parameter.default(
        "interactive time per output token", 0.15, "s", because: "text appears as fast as people read",
        source: latencySource, replacedBy: "models[].sla.timePerOutputToken")
    private static let latencySource =
        "a choice of Stowage at a bucket of vLLM's histograms; MLPerf Inference requires 2 s and 200 ms of Llama 2 70B, interactive 0.45 s and 40 ms"
    package static let percentile = Parameter.default(
        "percentile", 0.95, "ratio", because: "the percentile at which a latency without a target is stated",
        replacedBy: "models[].sla")
}
