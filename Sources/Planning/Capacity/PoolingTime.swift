import Groundwork

/// How long a replica takes that generates no tokens: a step computes the prompts of several requests, and their results are its answers.
///
/// Seconds throughout, with the fitted constants of a prefill.
struct PoolingTime<N: Arithmetic>: Sendable {
    /// Reading the weights.
    private let weights: N
    /// Compute of one token of a prompt, and its exchange among the ranks.
    private let perToken: N
    /// Tokens of a prompt that are not in the prefix cache.
    private let computed: N
    /// The most tokens of a step.
    private let batched: N
    /// Encoding the images of a request; nil without images.
    private let encoding: N?
    /// Kernel launches of a step.
    private let launches: N
    /// What a request takes before its step.
    private let start: N

    /// The times of a workload on a number of ranks.
    init(_ workload: Workload, on accelerator: Accelerator, ranks: N) {
        let constants = StepConstants<N>(workload.fitted)
        let layers: N = workload.figure("layers", workload.architecture.layers) { $0.layers }
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let bandwidth: N = accelerator.bandwidth()
        let reading = (bandwidth * constants.bandwidthEfficiency)
            .named("effective memory bandwidth", "B/s")
        let all: N = workload.weights()
        weights = (all * .bytesPerGiB / (ranks * reading)).named("weight read time", "s")
        let flops = accelerator.compute(in: workload.dtype.value, workload.release, constants.computeEfficiency)
        let parameters: N = workload.computedParameters()
        let arithmetic = (N.constant(2, "FLOP") * parameters / (ranks * flops))
            .named("compute time per token", "s")
        let attention = promptAttention(workload, on: accelerator, layers, input, ranks, constants)
        if ranks.value > 1 {
            let linked = (bytesExchanged(workload, layers, ranks) / accelerator.link()).named(
                "link time per token", "s")
            perToken = (arithmetic + attention + linked).named("prefill time per token", "s")
        } else {
            perToken = (arithmetic + attention).named("prefill time per token", "s")
        }
        computed =
            workload.prefixHitRate.map {
                (input * (1 - .given("prefix hit rate", $0, "ratio"))).named("computed tokens of a prompt", "tokens")
            } ?? input
        batched = .given("batched tokens", batchedTokens(workload, on: accelerator), "tokens")
        encoding = workload.imageTime(on: accelerator, ranks: ranks)
        launches = (layers * constants.chunkTime).named("kernel launch time of a step", "s")
        start = (layers * constants.startTime).named("request start time", "s")
    }

    /// How many prompts a step computes.
    var promptsPerStep: N {
        N.maximum(1, (batched / computed).roundedDown).named("prompts per step", "requests")
    }

    /// The prompts of a number of requests: one step, or several for a prompt that is longer.
    func step(_ requests: N) -> N {
        let tokens = (requests * computed).named("tokens of all prompts", "tokens")
        let computing = encoding.map { tokens * perToken + requests * $0 } ?? tokens * perToken
        return (N.maximum(weights, computing) + (tokens / batched).roundedUp * launches)
            .named("time of a step", "s")
    }

    /// A request that arrives beside others: it waits for the step that is running, and then has its own.
    func endToEnd(_ requests: N) -> N { start + 2 * step(requests) }
}

extension Workload {
    /// Parameters that a token of a prompt is multiplied with: an embedding is looked up, and there is no output head.
    fileprivate func computedParameters<N: Arithmetic>() -> N {
        let active: N = figure("active parameters", architecture.activeParameters) {
            $0.activeParameters ?? $0.parameters
        }
        guard let embedding: N = embeddingParameters() else { return active }
        return (active - embedding).named("parameters outside the embedding", "parameters")
    }
}

/// The compute of attention for one token of a prompt: to all tokens of it, or on average to half of them.
private func promptAttention<N: Arithmetic>(
    _ workload: Workload, on accelerator: Accelerator, _ layers: N, _ input: N, _ ranks: N,
    _ constants: StepConstants<N>
) -> N {
    let architecture = workload.architecture
    let flops = accelerator.compute(in: .bf16, workload.release, constants.computeEfficiency)
    let count: N = workload.figure("attention heads", architecture.attentionHeads) { $0.attentionHeads }
    let heads: N = count * workload.figure("head dimension", architecture.headDimension) { $0.headDimension }
    let each: N = .constant(workload.keepsCache ? 2 : 4, "FLOP")
    return (each * workload.attentionLayers(of: layers) * heads * input / (ranks * flops)).named(
        "attention time per token", "s")
}
