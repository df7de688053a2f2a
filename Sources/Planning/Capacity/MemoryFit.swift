import Groundwork

/// Whether and how a model's weights and KV cache lie in the memory of its GPUs.
package struct MemoryFit<N: Arithmetic>: Sendable {
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: N
    /// Room for KV cache on all ranks together, GiB; negative when the weights alone do not fit.
    package let kvBudget: N
    /// KV cache of one sequence at full context, GiB.
    package let longestSequence: N
    /// KV cache of one sequence of the expected length, GiB.
    let expectedSequence: N
    /// Sequences of the expected length that the KV cache holds.
    package let sequences: N

    /// The fit on a number of ranks.
    package init(_ workload: Workload, on accelerator: Accelerator, ranks: N) {
        weightsPerGPU = (workload.weights() / ranks).named("weights per GPU", "GiB")
        let usable = N.given("GPU memory share", workload.memoryShare, "ratio") * accelerator.memory(N.self)
        let free = usable - weightsPerGPU - runtimeMemory(workload, on: accelerator, ranks: ranks)
        kvBudget = (workload.kvShards(ranks) * free).named("room for KV cache", "GiB")
        longestSequence = workload.kvCache(tokens: N.given("context", workload.context, "tokens"))
            .named("KV cache of the longest sequence", "GiB")
        let tokens =
            N.given("input tokens", workload.inputTokens, "tokens")
            + .given("output tokens", workload.outputTokens, "tokens")
        expectedSequence = workload.kvCache(tokens: tokens).named("KV cache of a sequence", "GiB")
        sequences = .maximum(0, kvBudget / expectedSequence)
    }

    /// Whether the weights and one sequence of the whole context have room.
    package var holds: Bool { kvBudget.value >= longestSequence.value && sequences.value >= 1 }

    /// What is missing for one sequence of the whole context, GiB.
    var shortfall: N { longestSequence - kvBudget }
}

/// What is missing on each GPU to load weights that vLLM then turns into another format, GiB; at most 0 where nothing is.
///
/// They lie there as they are published, beside vLLM's runtime; there is no KV cache yet, and so the whole memory is theirs.
func missingToLoad<N: Arithmetic>(_ workload: Workload, on accelerator: Accelerator, ranks: N) -> N {
    workload.publishedWeights() / ranks + .given(Thresholds.runtimeMemory) - accelerator.memory()
}

/// What vLLM takes on each GPU beside weights and KV cache, GiB: most of it is what one step of all batched tokens needs.
///
/// vLLM measures it at its start, in a run of `--max-num-batched-tokens` tokens, and gives the rest of its share to the KV cache.
private func runtimeMemory<N: Arithmetic>(_ workload: Workload, on accelerator: Accelerator, ranks: N) -> N {
    let perToken = workload.isMixture ? Thresholds.mixtureActivations : Thresholds.denseActivations
    let usual: N = .given(accelerator.isLarge ? Thresholds.batchedTokensOfLargeGPUs : Thresholds.batchedTokens)
    let batched: N = .given("batched tokens", batchedTokens(workload, on: accelerator), "tokens")
    // A run with an eighth of the usual tokens had no more room: the logits of the sequences need theirs besides.
    let tokens = N.maximum(usual, batched).named("tokens that memory is kept for", "tokens")
    var alone = N.given(Thresholds.runtimeMemory) + N.given(perToken) * tokens / .mebibytesPerGiB
    if Component.vLLM.offers(.graphsInShare, at: workload.release) { alone = alone + .given(Assumptions.graphMemory) }
    if workload.isSpeculative { alone = alone + .given(Assumptions.draftMemory) }
    // One rank talks to no other.
    return (ranks.value > 1 ? alone + .given(Thresholds.rankMemory) : alone).named("runtime and activations", "GiB")
}

/// Tokens that one step computes at most: what the spec says, else vLLM's own default for the GPU.
///
/// A part of a GPU has less memory than vLLM's default for the whole one is made for.
package func batchedTokens(_ workload: Workload, on accelerator: Accelerator) -> Traced<Int> {
    if let asked = workload.batchedTokens { return asked }
    return Traced<Int>(
        (accelerator.isLarge ? Thresholds.batchedTokensOfLargeGPUs : Thresholds.batchedTokens).reasoned)
}
