import Groundwork

/// The roofline of one replica: how long a decoding step, a prompt and the first token take.
///
/// Seconds throughout. Its constants are fitted on measured runs of vLLM; `docs/capacity.md` has the equations in words and their error.
package struct StepTime<N: Arithmetic>: Sendable {
    /// Reading the weights that every step reads.
    private let weights: N
    /// Reading all experts; nil for a dense model.
    private let experts: N?
    /// Share of the experts that one sequence leaves idle; nil where every step reads all of them.
    private let idle: N?
    /// Reading one sequence's KV cache.
    private let cache: N
    /// The arithmetic of one sequence, and exchanging its activations among the ranks.
    private let arithmetic: N
    /// Kernels and start-up of all-reduces, whatever the batch.
    private let fixed: N
    /// Prompt tokens that are computed.
    private let promptTokens: N
    /// Computing the prompts that come between two output tokens of one sequence.
    private let prompts: N
    /// The arithmetic alone.
    private let computed: N
    private let constants: StepConstants<N>
    /// Computing one token of a prompt.
    package let prefillPerToken: N

    /// The step times of a workload on a number of ranks, with the fitted constants of its kind or with others.
    package init(
        _ workload: Workload, on accelerator: Accelerator, ranks: N, constants given: StepConstants<N>? = nil
    ) {
        let constants = given ?? StepConstants(workload.fitted)
        let architecture = workload.architecture
        let layers: N = workload.figure("layers", architecture.layers) { $0.layers }
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let output: N = .given("output tokens", workload.outputTokens, "tokens")
        let bandwidth = accelerator.bandwidth(constants.bandwidthEfficiency)
        let flops = accelerator.compute(in: workload.dtype.value, constants.computeEfficiency)
        let attentionFlops = accelerator.compute(in: .bf16, constants.computeEfficiency)
        let active: N = workload.figure("active parameters", architecture.activeParameters) {
            $0.activeParameters ?? $0.parameters
        }
        let perToken = N.constant(2, "FLOP") * active / (ranks * flops)

        let expertWeights: N? = workload.expertWeights()
        let dense = expertWeights.map { workload.weights() - $0 } ?? workload.weights()
        weights = (dense * .bytesPerGiB / (ranks * bandwidth)).named("reading the weights", "s")
        experts = expertWeights.map { ($0 * .bytesPerGiB / (ranks * bandwidth)).named("reading the experts", "s") }
        idle = workload.idleExperts()
        let held = workload.kvBytes(tokens: input + output / 2)
        cache = (held / (workload.kvShards(ranks) * bandwidth)).named("reading the KV cache of a sequence", "s")

        let kernels = layers * constants.layerTime
        let count: N = workload.figure("attention heads", architecture.attentionHeads) { $0.attentionHeads }
        let heads: N = count * workload.figure("head dimension", architecture.headDimension) { $0.headDimension }
        let attention = N.constant(2, "FLOP") * layers * heads * input / (ranks * attentionFlops)
        computed = perToken.named("arithmetic of a token", "s")
        if ranks.value > 1 {
            let moved = exchange(workload, layers, ranks, accelerator.link())
            arithmetic = computed + moved
            fixed = (kernels + 2 * layers * constants.allReduceLatency).named("kernels and all-reduces", "s")
            prefillPerToken = (computed + attention + moved).named("time of a prompt token", "s")
        } else {
            arithmetic = computed
            fixed = kernels.named("kernels", "s")
            prefillPerToken = (computed + attention).named("time of a prompt token", "s")
        }
        promptTokens = workload.prefixHitRate.map { input * (1 - .given("prefix hit rate", $0, "ratio")) } ?? input
        prompts = (promptTokens / output * prefillPerToken).named("prompts between two tokens of a sequence", "s")
        self.constants = constants
    }

    /// A decoding step of a number of sequences.
    package func decode(_ sequences: N) -> N {
        bandwidth(sequences) + sequences * arithmetic + fixed
    }

    /// An output token when a number of sequences runs, with the prompts of new requests in between.
    package func perOutputToken(_ sequences: N) -> N {
        decode(sequences) + sequences * prompts
    }

    /// The first token of a request that joins others, so that a number of sequences runs.
    package func firstToken(_ sequences: N) -> N {
        let overlap = 1 + constants.promptOverlap * .maximum(0, sequences - 1)
        return constants.requestTime + decode(sequences)
            + constants.promptFactor * promptTokens * prefillPerToken * overlap
    }

    /// The part of an output token that goes into reading weights and KV cache.
    package func bandwidth(_ sequences: N) -> N {
        guard let experts else { return weights + sequences * cache }
        let read = idle.map { experts * (1 - $0.raised(to: sequences)) } ?? experts
        return weights + read + sequences * cache
    }

    /// The part of an output token that goes into arithmetic.
    package func compute(_ sequences: N) -> N {
        sequences * (computed + prompts)
    }
}

/// Exchanging one sequence's activations among the ranks, seconds.
private func exchange<N: Arithmetic>(_ workload: Workload, _ layers: N, _ ranks: N, _ link: N) -> N {
    // Two all-reduces in a layer; each moves the activations of a token in 16 bits out and back.
    let hidden: N = workload.figure("hidden size", workload.architecture.hidden) { $0.hidden }
    return (2 * layers * 2 * (ranks - 1) / ranks * .constant(2, "B") * hidden / link)
        .named("exchange among the ranks", "s")
}

extension Accelerator {
    /// Memory bandwidth that decoding reaches, bytes per second.
    fileprivate func bandwidth<N: Arithmetic>(_ efficiency: N) -> N {
        let all =
            N.given("memory bandwidth", gpu.bandwidthGBps, "GB/s", .catalog(gpu.reference)) * .constant(1e9, "B/GB")
        return ((bandwidthShare().map { all * $0 } ?? all) * efficiency).named("effective memory bandwidth", "B/s")
    }

    /// Arithmetic that a step reaches, operations per second.
    fileprivate func compute<N: Arithmetic>(in dtype: DType, _ efficiency: N) -> N {
        let all = gpu.teraflops(dtype) * N.constant(1e12, "FLOP/TFLOP")
        return ((computeShare().map { all * $0 } ?? all) * efficiency)
            .named("effective compute (\(dtype.rawValue))", "FLOP/s")
    }

    /// What an all-reduce reaches between the ranks, bytes per second.
    fileprivate func link<N: Arithmetic>() -> N {
        let all: N =
            gpu.nvlinkGBps.map { .given("NVLink bandwidth", $0, "GB/s", .catalog(gpu.reference)) }
            ?? .given(Thresholds.pcieBandwidth)
        return (all * .constant(1e9, "B/GB") * .given(Assumptions.linkEfficiency)).named(
            "effective link bandwidth", "B/s")
    }
}
