import Groundwork

/// The roofline of one replica: the times of a decode step, a prefill and the first token.
///
/// Seconds throughout. Its constants are fitted on measured runs of vLLM; `docs/capacity.md` has the equations in words and their error.
package struct StepTime<N: Arithmetic>: Sendable {
    /// Reading the weights that every step reads.
    private let weights: N
    /// Reading all experts; nil for a dense model.
    private let experts: N?
    /// Share of the experts that one sequence does not use; nil for a dense model.
    private let idle: N?
    /// Reading one sequence's KV cache.
    private let cache: N
    /// Compute of one sequence.
    private let arithmetic: N
    /// Compute that overlaps with reading the weights, and takes no additional time.
    private let hidden: N
    /// Exchanging one sequence's activations among the ranks; nil for one rank.
    private let exchange: N?
    /// Kernel launches and all-reduce latency, whatever the batch.
    private let fixed: N
    /// Prefill of other requests between two output tokens of one sequence.
    private let prompts: N
    /// What a request takes before its prefill.
    private let start: N
    /// Prefill of a request, chunk by chunk.
    private let prompt: N
    /// The part of another prefill that runs first, per running sequence.
    private let overlap: N

    /// The step times of a workload on a number of ranks, with the fitted constants of its kind or with others.
    package init(
        _ workload: Workload, on accelerator: Accelerator, ranks: N, constants given: StepConstants<N>? = nil
    ) {
        let constants = given ?? StepConstants(workload.fitted)
        let architecture = workload.architecture
        let layers: N = workload.figure("layers", architecture.layers) { $0.layers }
        let input: N = .given("input tokens", workload.inputTokens, "tokens")
        let output: N = workload.outputTokens.map { .given("output tokens", $0, "tokens") } ?? 1
        let bandwidth: N = accelerator.bandwidth()
        let reading = (bandwidth * constants.bandwidthEfficiency).named("effective memory bandwidth", "B/s")
        let flops = accelerator.compute(in: workload.dtype.value, workload.release, constants.computeEfficiency)
        let attentionFlops = accelerator.compute(in: .bf16, workload.release, constants.computeEfficiency)
        let active: N = workload.figure("active parameters", architecture.activeParameters) {
            $0.activeParameters ?? $0.parameters
        }
        arithmetic = (N.constant(2, "FLOP") * active / (ranks * flops)).named("compute time per token", "s")

        let all: N = workload.weights()
        let expertWeights: N? = workload.expertWeights()
        let dense = expertWeights.map { all - $0 } ?? all
        weights = (dense * .bytesPerGiB / (ranks * reading)).named("weight read time", "s")
        experts = expertWeights.map { ($0 * .bytesPerGiB / (ranks * reading)).named("expert read time", "s") }
        idle = workload.idleExperts()
        hidden = (all * .bytesPerGiB / (ranks * bandwidth) / constants.computeEfficiency)
            .named("compute time overlapped with weight reads", "s")
        let held = workload.kvBytes(tokens: input + output / 2)
        let readCache = held / (workload.kvShards(ranks) * bandwidth * constants.cacheEfficiency)
        // Each step reads and writes the whole state.
        let states: N? = workload.stateBytes()
        cache = (states.map { readCache + 2 * $0 / (ranks * bandwidth * constants.cacheEfficiency) } ?? readCache)
            .named("KV cache read time per sequence", "s")

        let kernels = layers * constants.layerTime
        let count: N = workload.figure("attention heads", architecture.attentionHeads) { $0.attentionHeads }
        let heads: N = count * workload.figure("head dimension", architecture.headDimension) { $0.headDimension }
        let attention =
            N.constant(2, "FLOP") * workload.attentionLayers(of: layers) * heads * input / (ranks * attentionFlops)
        let perToken: N
        if ranks.value > 1 {
            let moved = bytesExchanged(workload, layers, ranks)
            let linked = (moved / accelerator.link()).named("link time per token", "s")
            exchange = (linked + moved / (constants.exchangeSpeed * .constant(1e9, "B/GB")))
                .named("all-reduce time per sequence", "s")
            fixed = (kernels + 2 * layers * constants.allReduceLatency).named("kernel and all-reduce time", "s")
            perToken = (arithmetic + attention + linked).named("prefill time per token", "s")
        } else {
            exchange = nil
            fixed = kernels.named("kernel time", "s")
            perToken = (arithmetic + attention).named("prefill time per token", "s")
        }
        let computed = workload.prefixHitRate.map { input * (1 - .given("prefix hit rate", $0, "ratio")) } ?? input
        let encoding: N? = workload.imageTime(on: accelerator, ranks: ranks)
        prompts = (encoding.map { (computed * perToken + $0) / output } ?? computed / output * perToken)
            .named("prefill time between output tokens", "s")
        start = (layers * constants.startTime).named("request start time", "s")
        let batched: N = .given("batched tokens", batchedTokens(workload, on: accelerator), "tokens")
        let chunks = (computed / batched).roundedUp.named("prefill chunks", "chunks")
        let prefill = computed * perToken + chunks * layers * constants.chunkTime
        prompt = (encoding.map { prefill + $0 } ?? prefill).named("prefill time", "s")
        overlap = .given(Thresholds.promptOverlap)
    }

    /// A decode step of a number of sequences.
    package func decode(_ sequences: N) -> N {
        let step = bandwidth(sequences) + beyond(sequences) + fixed
        return exchange.map { step + sequences * $0 } ?? step
    }

    /// An output token while a number of sequences runs, including the prefills of new requests in between.
    package func tpot(_ sequences: N) -> N {
        decode(sequences) + sequences * prompts
    }

    /// The time to first token of a request that joins others, so that a number of sequences runs.
    package func ttft(_ sequences: N) -> N {
        start + decode(sequences) + prefill(sequences)
    }

    /// The prompt of a request that joins others, and what of theirs is computed before it.
    package func prefill(_ sequences: N) -> N { prompt * (1 + overlap * .maximum(0, sequences - 1)) }

    /// The part of an output token for reading weights and KV cache.
    package func bandwidth(_ sequences: N) -> N {
        guard let experts, let idle else { return weights + sequences * cache }
        return weights + experts * (1 - idle.raised(to: sequences)) + sequences * cache
    }

    /// The part of an output token for compute.
    package func compute(_ sequences: N) -> N {
        beyond(sequences) + sequences * prompts
    }

    /// The compute of the sequences beyond the time to read all weights.
    private func beyond(_ sequences: N) -> N { .maximum(0, sequences * arithmetic - hidden) }
}

/// Bytes that each rank exchanges for one token.
func bytesExchanged<N: Arithmetic>(_ workload: Workload, _ layers: N, _ ranks: N) -> N {
    // Two all-reduces per layer; each moves the activations of a token in 16 bits out and back.
    let hidden: N = workload.figure("hidden size", workload.architecture.hidden) { $0.hidden }
    let values: N = 2 * layers * 2 * (ranks - 1) / ranks
    return (values * .constant(2, "B") * hidden).named("bytes exchanged per token", "B")
}

extension Accelerator {
    /// Memory bandwidth, bytes per second.
    func bandwidth<N: Arithmetic>() -> N {
        let all =
            N.given("memory bandwidth", gpu.bandwidthGBps, "GB/s", .catalog(gpu.reference)) * .constant(1e9, "B/GB")
        return (bandwidthShare().map { all * $0 } ?? all).named("memory bandwidth in bytes", "B/s")
    }

    /// Compute that a step reaches, operations per second.
    func compute<N: Arithmetic>(in dtype: DType, _ release: Version, _ efficiency: N) -> N {
        let all = gpu.teraflops(dtype, release: release) * N.constant(1e12, "FLOP/TFLOP")
        return ((computeShare().map { all * $0 } ?? all) * efficiency)
            .named("effective compute (\(dtype.rawValue))", "FLOP/s")
    }

    /// Bandwidth that an all-reduce reaches between the ranks, bytes per second.
    func link<N: Arithmetic>() -> N {
        let all: N =
            gpu.nvlinkGBps.map { .given("NVLink bandwidth", $0, "GB/s", .catalog(gpu.reference)) }
            ?? .given(Thresholds.pcieBandwidth)
        return (all * .constant(1e9, "B/GB") * .given(Assumptions.linkEfficiency)).named(
            "effective link bandwidth", "B/s")
    }
}
