/// Whether and how a model's weights and KV cache lie in the memory of its GPUs.
package struct MemoryFit: Sendable {
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: Double
    /// Room for KV cache on all ranks together, GiB; negative when the weights alone do not fit.
    package let kvBudget: Double
    /// KV cache of one sequence at full context, GiB.
    package let longestSequence: Double
    /// Sequences of the expected length that the KV cache holds.
    package let sequences: Double

    package init(_ workload: Workload, on accelerator: Accelerator, tensorParallel: Int) {
        let ranks = Double(tensorParallel)
        weightsPerGPU = workload.weights / ranks
        let overhead = Thresholds.runtimeMemory.value + Thresholds.activationShare.value * weightsPerGPU
        let free =
            workload.memoryShare.value * accelerator.memory
            - Thresholds.weightsOverhead.value * weightsPerGPU - overhead
        kvBudget = workload.kvShards(tensorParallel: tensorParallel) * free
        longestSequence = workload.kvCache(tokens: Double(workload.context.value))
        let expected = workload.kvCache(tokens: Double(workload.inputTokens.value + workload.outputTokens.value))
        sequences = expected > 0 ? max(0, kvBudget / expected) : 0
    }

    /// Whether the weights and one sequence of the whole context have room.
    package var holds: Bool { kvBudget >= longestSequence && sequences >= 1 }
}

/// What is missing on each GPU to load weights that vLLM then turns into another format, GiB; at most 0 where nothing is.
///
/// They lie there as they are published, beside vLLM's runtime; there is no KV cache yet, and so the whole memory is theirs.
func missingToLoad(_ workload: Workload, on accelerator: Accelerator, tensorParallel: Int) -> Double {
    guard workload.isQuantized else { return 0 }
    let published = workload.architecture.publishedWeights * Thresholds.weightsOverhead.value / Double(tensorParallel)
    return published + Thresholds.runtimeMemory.value - accelerator.memory
}
