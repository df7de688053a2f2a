/// The point at which one replica of a model works: what scaling, alerts, serving arguments and limits all read.
package struct OperatingPoint: Sendable {
    package let tensorParallel: Traced<Int>
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: Traced<Double>
    /// Room for KV cache in one replica, GiB.
    package let kvBudget: Traced<Double>
    /// Sequences that one replica sustains at once.
    package let sequences: Traced<Int>
    package let requestsPerSecond: Traced<Double>
    /// Share of the KV cache in use then.
    package let kvShare: Traced<Double>
    /// Promised time to first token, seconds.
    package let timeToFirstToken: Traced<Double>
    /// Promised time per output token, seconds.
    package let timePerOutputToken: Traced<Double>
    /// From the wish for a replica to its first answer, seconds.
    package let coldStart: ColdStart
    /// What stops a replica from carrying more, in words.
    package let bottleneck: String
    package let confidence: String
}

/// States the operating point of a shape with the reasons of every figure; what the spec measured wins.
package func operatingPoint(_ demand: Demand, on shape: Shape) -> OperatingPoint {
    let workload = demand.workload
    let gpu = shape.accelerator.gpu
    let capability = shape.capability
    let measured = demand.model.measured
    let parallel =
        demand.model.gpu.tensorParallel
        ?? derive(
            "the least GPUs on which weights, one whole context and the latency targets fit, at the least cost",
            ("GPUs per node", Traced(shape.type.gpuCount, .catalog(shape.type.reference))),
            ("GPU memory, GiB", Traced(rounded(shape.accelerator.memory, decimals: 2), .catalog(gpu.reference)))
        ) { _, _ in shape.tensorParallel }
    let parameters = Traced(workload.architecture.parameters, workload.architectureOrigin)
    let weights = derive(
        "parameters × bytes per weight ÷ tensor parallel", ("parameters", parameters), ("format", workload.dtype),
        ("tensor parallel", parallel)
    ) { _, _, _ in rounded(capability.fit.weightsPerGPU, decimals: 2) }
    let budget = derive(
        "KV shards × (memory share × GPU memory − weights × overhead − runtime memory − activation share × weights)",
        ("memory share", workload.memoryShare),
        ("GPU memory, GiB", Traced(rounded(shape.accelerator.memory, decimals: 2), .catalog(gpu.reference))),
        ("weights per GPU, GiB", weights), ("overhead", .threshold(Thresholds.weightsOverhead)),
        ("runtime memory, GiB", .threshold(Thresholds.runtimeMemory)),
        ("activation share", .threshold(Thresholds.activationShare))
    ) { _, _, _, _, _, _ in rounded(capability.fit.kvBudget, decimals: 2) }
    let margin = Traced<Double>.threshold(paceMargin(workload, gpu))
    let startMargin = Traced<Double>.threshold(startMargin(workload, gpu))
    let targets = [
        demand.model.sla.timeToFirstToken.map { Ingredient("time to first token at most, s", $0.seconds) },
        demand.model.sla.timePerOutputToken.map { Ingredient("time per output token at most, s", $0.seconds) },
    ].compactMap { $0 }
    let sequences =
        measured?.concurrency
        ?? derive(
            "the most sequences whose KV cache fits and that keep the latency targets (bound by "
                + "\(capability.bottleneck.words))",
            ("KV cache, GiB", budget), ("input tokens", workload.inputTokens),
            ("output tokens", workload.outputTokens),
            ("bandwidth, GB/s", Traced(gpu.bandwidthGBps, .catalog(gpu.reference))), ("pace margin", margin),
            ("most sequences", .threshold(Thresholds.mostSequences))
        ) { _, _, _, _, _, _ in capability.sequences }.resting(on: targets)
    let pace =
        measured?.timePerOutputToken
        ?? derive(
            "(decode step + prompts of new requests) × pace margin", ("sequences", sequences),
            ("weights per GPU, GiB", weights), ("pace margin", margin),
            ("bandwidth efficiency", .threshold(workload.fitted.bandwidthEfficiency))
        ) { _, _, _, _ in rounded(capability.perOutputToken, decimals: 4) }
    let start =
        measured?.timeToFirstToken
        ?? derive(
            "(request time + one step + prompt × prompt factor × (1 + prompt overlap × (sequences − 1))) × start margin",
            ("sequences", sequences),
            ("input tokens", workload.inputTokens), ("request time, s", .threshold(workload.fitted.requestTime)),
            ("prompt factor", .threshold(workload.fitted.promptFactor)),
            ("prompt overlap", .threshold(workload.fitted.promptOverlap)), ("start margin", startMargin)
        ) { _, _, _, _, _, _ in rounded(capability.firstToken, decimals: 3) }
    let rate =
        measured?.requestsPerSecond
        ?? derive(
            "sequences ÷ (output tokens × time per output token)", ("sequences", sequences),
            ("output tokens", workload.outputTokens), ("time per output token, s", pace)
        ) { rounded(Double($0) / (Double($1) * $2), decimals: 3) }
    let share =
        measured?.kvCacheShare
        ?? derive(
            "sequences × KV cache of (input + half the output) ÷ room", ("sequences", sequences),
            ("input tokens", workload.inputTokens), ("output tokens", workload.outputTokens), ("room, GiB", budget)
        ) { _, _, _, _ in max(0.01, rounded(capability.kvShare, decimals: 2)) }
    return OperatingPoint(
        tensorParallel: parallel, weightsPerGPU: weights, kvBudget: budget, sequences: sequences,
        requestsPerSecond: rate, kvShare: share, timeToFirstToken: start, timePerOutputToken: pace,
        coldStart: ColdStart(workload), bottleneck: capability.bottleneck.words,
        confidence: measured != nil ? "measured, from the spec" : gpu.isMeasured ? "modelled" : "modelled, wide band")
}

extension Capability.Bottleneck {
    /// The bottleneck in words.
    package var words: String {
        switch self {
        case .memory: "KV cache memory"
        case .timePerOutputToken: "the time per output token"
        case .timeToFirstToken: "the time to first token"
        case .sequenceLimit: "the sequence limit"
        }
    }
}

extension Traced where Value == Double {
    /// The value of a threshold.
    package static func threshold(_ threshold: Threshold) -> Traced<Double> {
        Traced(threshold.value, .threshold(threshold))
    }
}
