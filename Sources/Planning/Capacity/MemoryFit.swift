import Groundwork

/// Whether and how a model's weights and KV cache fit in the memory of its GPUs.
package struct MemoryFit<N: Arithmetic>: Sendable {
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: N
    /// KV cache capacity of all ranks together, GiB; negative if the weights alone do not fit.
    package let kvBudget: N
    /// KV cache of one sequence at full context, GiB.
    package let longestSequence: N
    /// Sequences of the expected length that fit in the KV cache; 1 for a model without one, of which memory limits no number.
    package let sequences: N

    /// The fit on a number of ranks.
    package init(_ workload: Workload, on accelerator: Accelerator, ranks: N) {
        weightsPerGPU = (workload.weights() / ranks).named("weights per GPU", "GiB")
        let usable = N.given("GPU memory share", workload.memoryShare, "ratio") * accelerator.memory(N.self)
        let free = usable - weightsPerGPU - runtimeMemory(workload, on: accelerator, ranks: ranks)
        kvBudget = (workload.kvShards(ranks) * free).named("KV cache capacity", "GiB")
        guard workload.keepsCache else {
            longestSequence = .given(
                "KV cache per sequence", 0, "GiB",
                .convention("each token of a prompt attends to all others at once, so no keys and values are kept"))
            sequences = 1
            return
        }
        longestSequence = workload.sequenceCache(
            tokens: N.given("context", workload.context, "tokens"), ranks: ranks
        )
        .named("KV cache per sequence of full context", "GiB")
        let prompt: N = .given("input tokens", workload.inputTokens, "tokens")
        let tokens = workload.outputTokens.map { prompt + .given("output tokens", $0, "tokens") } ?? prompt
        let expected = workload.sequenceCache(tokens: tokens, ranks: ranks).named("KV cache per sequence", "GiB")
        sequences = .maximum(0, kvBudget / expected)
    }

    /// Whether the weights and one sequence of full context fit.
    package var holds: Bool { kvBudget.value >= longestSequence.value && sequences.value >= 1 }

    /// What is missing for one sequence of full context, GiB.
    var shortfall: N { longestSequence - kvBudget }
}

/// The memory missing on each GPU to load weights that vLLM then converts to another dtype, GiB; at most 0 if they fit.
///
/// The published weights are loaded beside vLLM's runtime; there is no KV cache yet, so they can use the whole memory.
func missingToLoad<N: Arithmetic>(_ workload: Workload, on accelerator: Accelerator, ranks: N) -> N {
    workload.publishedWeights() / ranks + .given(Thresholds.runtimeMemory) - accelerator.memory()
}

/// What vLLM uses on each GPU besides weights and KV cache, GiB: mostly for one step of all batched tokens.
///
/// vLLM measures it at startup, in a run of `--max-num-batched-tokens` tokens, and gives the rest of its share to the KV cache.
private func runtimeMemory<N: Arithmetic>(_ workload: Workload, on accelerator: Accelerator, ranks: N) -> N {
    let perToken = workload.isMoE ? Thresholds.moeActivations : Thresholds.denseActivations
    let usual: N = .given(accelerator.isLarge ? Thresholds.batchedTokensOfLargeGPUs : Thresholds.batchedTokens)
    let batched: N = .given("batched tokens", batchedTokens(workload, on: accelerator), "tokens")
    // A run with an eighth of the default tokens left no more memory: the logits of the sequences need theirs as well.
    let tokens = N.maximum(usual, batched).named("tokens with reserved memory", "tokens")
    var alone = N.given(Thresholds.runtimeMemory) + N.given(perToken) * tokens / .mebibytesPerGiB
    if Component.vLLM.offers(.graphsInShare, at: workload.release) { alone = alone + .given(Assumptions.graphMemory) }
    if workload.images != nil { alone = alone + .given(Assumptions.imageMemory) }
    if workload.isSpeculative { alone = alone + .given(Assumptions.draftMemory) }
    // A single rank needs no communication buffers.
    return (ranks.value > 1 ? alone + .given(Thresholds.rankMemory) : alone).named(
        "runtime and activation memory", "GiB")
}

/// The most tokens that one step computes: what the spec sets, else vLLM's default for the GPU.
///
/// vLLM's default for a whole large GPU needs more memory than a part of it has. A prompt in which each token attends to all others is
/// not divided: vLLM rejects fewer tokens than those of the longest prompt.
package func batchedTokens(_ workload: Workload, on accelerator: Accelerator) -> Traced<Int> {
    if let asked = workload.batchedTokens { return asked }
    let usual = (accelerator.isLarge ? Thresholds.batchedTokensOfLargeGPUs : Thresholds.batchedTokens).reasoned
    return Traced<Int>(workload.keepsCache ? usual : .maximum(usual, workload.context.named("context", "tokens")))
}
