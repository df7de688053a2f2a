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
        let overhead = N.given(Thresholds.runtimeMemory) + N.given(Thresholds.activationShare) * weightsPerGPU
        let usable = N.given("GPU memory share", workload.memoryShare, "ratio") * accelerator.memory(N.self)
        let free = usable - N.given(Thresholds.weightsOverhead) * weightsPerGPU - overhead
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
    let published = workload.publishedWeights() * .given(Thresholds.weightsOverhead) / ranks
    return published + .given(Thresholds.runtimeMemory) - accelerator.memory()
}
