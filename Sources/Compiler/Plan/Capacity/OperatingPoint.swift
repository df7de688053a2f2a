/// The point at which one replica of a model works: what scaling, alerts, serving arguments and limits all read.
package struct OperatingPoint: Sendable {
    package let tensorParallel: Traced<Int>
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: Traced<Double>
    /// Room for KV cache in one replica, GiB.
    package let kvBudget: Traced<Double>
    /// Sequences that one replica runs at once at most.
    package let mostSequences: Traced<Int>
    package let requestsPerSecond: Traced<Double>
    /// Requests in one replica at that rate, on average.
    package let sequences: Traced<Int>
    /// Share of the KV cache in use then.
    package let kvShare: Traced<Double>
    /// Promised time to first token, seconds.
    package let timeToFirstToken: Traced<Double>
    /// Promised time per output token, seconds.
    package let timePerOutputToken: Traced<Double>
    /// How far measured times may lie above the predicted, as a factor that the promises contain.
    package let margin: Traced<Double>
    /// From the wish for a replica to its first answer, seconds.
    package let coldStart: ColdStart
    /// What stops a replica from carrying more, in words.
    package let bottleneck: String
    package let confidence: String
}

/// States the operating point of a shape with the reasons of every figure; what the spec measured wins.
package func operatingPoint(_ demand: Demand, on shape: Shape) -> OperatingPoint {
    let memory = MemoryFigures(demand, shape)
    let figures = LoadFigures(demand, shape, memory)
    return OperatingPoint(
        tensorParallel: memory.tensorParallel, weightsPerGPU: memory.weightsPerGPU, kvBudget: memory.kvBudget,
        mostSequences: figures.mostSequences, requestsPerSecond: figures.requestsPerSecond,
        sequences: figures.sequences, kvShare: figures.kvShare, timeToFirstToken: figures.timeToFirstToken,
        timePerOutputToken: figures.timePerOutputToken, margin: figures.margin,
        coldStart: ColdStart(demand.model, demand.workload),
        bottleneck: shape.capability.bottleneck.words, confidence: confidence(demand, shape))
}

/// Where the figures come from, in words, with the width of their band.
private func confidence(_ demand: Demand, _ shape: Shape) -> String {
    let gpu = shape.accelerator.gpu
    if demand.model.measured != nil { return "measured, from the spec" }
    let margin = PromQL.number(paceMargin(demand.workload, gpu).value)
    return gpu.isMeasured
        ? "modelled, promised at \(margin) times the prediction"
        : "modelled without serving data for \(gpu.id), promised at \(margin) times the prediction"
}

extension Capability.Bottleneck {
    /// The bottleneck in words.
    package var words: String {
        switch self {
        case .memory: "KV cache memory"
        case .bandwidth: "memory bandwidth (the time per output token)"
        case .compute: "compute (the time per output token)"
        case .kernels: "kernels and all-reduces (the time per output token)"
        case .queue: "the queue (the time to first token)"
        case .sequenceLimit: "the sequence limit"
        case .measured: "what was measured"
        }
    }
}

extension Traced where Value == Double {
    /// The value of a threshold.
    package static func threshold(_ threshold: Threshold) -> Traced<Double> {
        Traced(threshold.value, .threshold(threshold))
    }
}
