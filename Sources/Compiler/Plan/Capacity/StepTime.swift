/// The roofline of one replica: how long a decoding step and a prompt token take.
///
/// The equations and constants are fitted on published measurements; `Thresholds` names the error of the fit.
package struct StepTime: Sendable {
    package let workload: Workload
    package let accelerator: Accelerator
    package let tensorParallel: Int

    private var ranks: Double { Double(tensorParallel) }
    private var isMixture: Bool { workload.isMixture }
    private var bandwidth: Double {
        accelerator.gpu.bandwidthGBps * 1e9 * accelerator.bandwidth * Thresholds.bandwidthEfficiency.value
    }
    private var computeEfficiency: Double {
        (isMixture ? Thresholds.expertComputeEfficiency : Thresholds.denseComputeEfficiency).value
    }
    private var flops: Double {
        accelerator.gpu.teraflops(workload.dtype.value) * 1e12 * accelerator.compute * computeEfficiency
    }
    private var attentionFlops: Double {
        accelerator.gpu.teraflops(.bf16) * 1e12 * accelerator.compute * computeEfficiency
    }
    private var layers: Double { Double(workload.architecture.layers) }
    private var layerTime: Double { (isMixture ? Thresholds.expertLayerTime : Thresholds.denseLayerTime).value }
    private var link: Double { accelerator.gpu.linkBandwidth * 1e9 * Thresholds.linkEfficiency.value }
    private var activeParameters: Double { Double(workload.architecture.activeParameters) }

    /// Seconds that one decoding step of a number of sequences takes.
    package func decode(_ sequences: Double) -> Double {
        let input = Double(workload.inputTokens.value)
        let output = Double(workload.outputTokens.value)
        let shards = workload.kvShards(tensorParallel: tensorParallel)
        let weights =
            (workload.weights - workload.expertWeights + workload.expertWeights * touched(sequences)) * gibibyte
        let cache = sequences * workload.kvCache(tokens: input + output / 2) * gibibyte
        let arithmetic = 2 * activeParameters * sequences / (ranks * flops)
        return weights / (ranks * bandwidth) + cache / (shards * bandwidth) + arithmetic + layers * layerTime
            + allReduce(sequences)
    }

    /// Seconds that one token of a prompt takes.
    package var prefillPerToken: Double {
        let architecture = workload.architecture
        let hidden = Double(architecture.hidden)
        let attention =
            2 * layers * Double(architecture.attentionHeads * architecture.headDimension)
            * Double(workload.inputTokens.value) / (ranks * attentionFlops)
        let exchange = tensorParallel > 1 ? 2 * layers * 2 * (ranks - 1) / ranks * 2 * hidden / link : 0
        return 2 * activeParameters / (ranks * flops) + attention + exchange
    }

    /// Seconds per output token when a number of sequences runs, with the prompts of new requests in between.
    package func perOutputToken(_ sequences: Double) -> Double {
        let prompt = Double(workload.inputTokens.value) * (1 - workload.prefixHitRate)
        return decode(sequences) + sequences * prompt / Double(workload.outputTokens.value) * prefillPerToken
    }

    /// Seconds to the first token when a request joins a number of running sequences, as a burst bound.
    package func firstToken(_ sequences: Double) -> Double {
        let prompt = Double(workload.inputTokens.value) * (1 - workload.prefixHitRate)
        let doublings = sequences <= 1 ? 0 : logarithm2(sequences)
        return (prompt * prefillPerToken + decode(sequences)) * (1 + Thresholds.burstGrowth.value * doublings)
    }

    /// The share of experts that a batch wakes.
    private func touched(_ sequences: Double) -> Double {
        guard let experts = workload.architecture.experts else { return 1 }
        let asleep = 1 - Double(experts.perToken) / Double(experts.count)
        return 1 - power(asleep, sequences)
    }

    private func allReduce(_ sequences: Double) -> Double {
        guard tensorParallel > 1 else { return 0 }
        let latency = (isMixture ? Thresholds.expertAllReduceLatency : Thresholds.denseAllReduceLatency).value
        let bytes = sequences * Double(workload.architecture.hidden) * 2
        return 2 * layers * (latency + 2 * (ranks - 1) / ranks * bytes / link)
    }
}
