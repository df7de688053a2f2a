/// The roofline of one replica: how long a decoding step, a prompt and the first token take.
///
/// Seconds throughout. Its constants are fitted on measured runs of vLLM; `docs/capacity.md` has the equations in words and their error.
package struct StepTime: Sendable {
    /// Reading the weights that every step reads.
    private let weights: Double
    /// Reading all experts.
    private let experts: Double
    /// Share of the experts that one sequence leaves asleep; nil where every step reads all of them.
    private let asleep: Double?
    /// Reading one sequence's KV cache.
    private let cache: Double
    /// The arithmetic of one sequence.
    private let arithmetic: Double
    /// Kernels and start-up of all-reduces, whatever the batch.
    private let fixed: Double
    /// Exchanging one sequence's activations among the ranks.
    private let exchange: Double
    /// Prompt tokens that are computed.
    private let promptTokens: Double
    /// Computing the prompts that come between two output tokens of one sequence.
    private let prompts: Double
    private let constants: StepConstants
    /// Computing one token of a prompt.
    package let prefillPerToken: Double

    /// The step times of a workload, with the fitted constants of its kind or with others.
    package init(
        _ workload: Workload, on accelerator: Accelerator, tensorParallel: Int, constants given: StepConstants? = nil
    ) {
        let constants = given ?? StepConstants(workload.fitted)
        let architecture = workload.architecture
        let gpu = accelerator.gpu
        let ranks = Double(tensorParallel)
        let layers = Double(architecture.layers)
        let input = Double(workload.inputTokens.value)
        let output = Double(workload.outputTokens.value)
        let bandwidth = gpu.bandwidthGBps * 1e9 * accelerator.bandwidth * constants.bandwidthEfficiency
        let flops = gpu.teraflops(workload.dtype.value) * 1e12 * accelerator.compute * constants.computeEfficiency
        let attentionFlops = gpu.teraflops(.bf16) * 1e12 * accelerator.compute * constants.computeEfficiency
        let perToken = 2 * Double(architecture.activeParameters) / (ranks * flops)
        // Two all-reduces in a layer; each moves the activations of a token in 16 bits out and back.
        let link = gpu.linkBandwidth * 1e9 * Thresholds.linkEfficiency.value
        let moved = 2 * layers * 2 * (ranks - 1) / ranks * 2 * Double(architecture.hidden) / link

        weights = (workload.weights - workload.expertWeights) * gibibyte / (ranks * bandwidth)
        experts = workload.expertWeights * gibibyte / (ranks * bandwidth)
        asleep = workload.expertsAsleep
        let shards = workload.kvShards(tensorParallel: tensorParallel)
        cache = workload.kvCache(tokens: input + output / 2) * gibibyte / (shards * bandwidth)
        arithmetic = perToken
        exchange = moved
        fixed = layers * constants.layerTime + (tensorParallel > 1 ? 2 * layers * constants.allReduceLatency : 0)
        let heads = Double(architecture.attentionHeads * architecture.headDimension)
        prefillPerToken = perToken + 2 * layers * heads * input / (ranks * attentionFlops) + moved
        promptTokens = input * (1 - workload.prefixHitRate)
        prompts = promptTokens / output * prefillPerToken
        self.constants = constants
    }

    /// A decoding step of a number of sequences.
    package func decode(_ sequences: Double) -> Double {
        bandwidth(sequences) + sequences * (arithmetic + exchange) + fixed
    }

    /// An output token when a number of sequences runs, with the prompts of new requests in between.
    package func perOutputToken(_ sequences: Double) -> Double {
        decode(sequences) + sequences * prompts
    }

    /// The first token of a request that joins others, so that a number of sequences runs.
    package func firstToken(_ sequences: Double) -> Double {
        let overlap = 1 + constants.promptOverlap * max(0, sequences - 1)
        return constants.requestTime + decode(sequences)
            + constants.promptFactor * promptTokens * prefillPerToken * overlap
    }

    /// The part of an output token that goes into reading weights and KV cache.
    package func bandwidth(_ sequences: Double) -> Double {
        weights + experts * (asleep.map { 1 - power($0, sequences) } ?? 1) + sequences * cache
    }

    /// The part of an output token that goes into arithmetic.
    package func compute(_ sequences: Double) -> Double {
        sequences * (arithmetic + prompts)
    }
}
