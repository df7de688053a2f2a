/// What a replica carries and how fast, with the reasons; what the spec measured wins.
struct LoadFigures {
    let mostSequences: Traced<Int>
    let requestsPerSecond: Traced<Double>
    let sequences: Traced<Int>
    let kvShare: Traced<Double>
    let timeToFirstToken: Traced<Double>
    let timePerOutputToken: Traced<Double>
    let margin: Traced<Double>

    init(_ demand: Demand, _ shape: Shape, _ memory: MemoryFigures) {
        let workload = demand.workload
        let gpu = shape.accelerator.gpu
        let capability = shape.capability
        let measured = demand.model.measured
        let (input, output) = (workload.inputTokens, workload.outputTokens)
        let pace = Traced<Double>.threshold(paceMargin(workload, gpu))
        margin = pace
        mostSequences =
            measured?.concurrency
            ?? derive(
                "the most sequences whose KV cache fits and that together keep the time per output token",
                ("KV cache, GiB", memory.kvBudget), ("KV format", workload.kvDType), ("input tokens", input),
                ("output tokens", output), ("bandwidth, GB/s", Traced(gpu.bandwidthGBps, .catalog(gpu.reference))),
                ("pace margin", pace), ("most sequences", .threshold(Thresholds.mostSequences))
            ) { _, _, _, _, _, _, _ in capability.mostSequences }.resting(
                on: targets(demand.model.sla.timePerOutputToken))
        requestsPerSecond = measured?.requestsPerSecond ?? Self.rate(demand, shape, mostSequences)
        sequences =
            measured?.concurrency
            ?? derive(
                "requests in the replica at that rate, on average: those that run and those that wait",
                ("requests/s", requestsPerSecond), ("sequences at once", mostSequences)
            ) { _, _ in capability.sequences }
        timePerOutputToken =
            measured?.timePerOutputToken
            ?? derive(
                "(decode step + prompts of new requests) × pace margin, beside as many sequences as run in that share of the time",
                ("requests/s", requestsPerSecond), ("sequences at once", mostSequences),
                ("weights per GPU, GiB", memory.weightsPerGPU), ("pace margin", pace),
                ("bandwidth efficiency", .threshold(workload.fitted.bandwidthEfficiency)),
                ("percentile", percentile(demand.model.sla.timePerOutputToken))
            ) { _, _, _, _, _, _ in rounded(capability.perOutputToken, decimals: 4) }
        timeToFirstToken =
            measured?.timeToFirstToken
            ?? derive(
                "wait for a place + (request time + one step + prompt × prompt factor × (1 + prompt overlap × other sequences)) × start margin",
                ("requests/s", requestsPerSecond), ("sequences at once", mostSequences), ("input tokens", input),
                ("request time, s", .threshold(workload.fitted.requestTime)),
                ("prompt factor", .threshold(workload.fitted.promptFactor)),
                ("prompt overlap", .threshold(workload.fitted.promptOverlap)),
                ("start margin", .threshold(startMargin(workload, gpu))),
                ("percentile", percentile(demand.model.sla.timeToFirstToken))
            ) { _, _, _, _, _, _, _, _ in rounded(capability.firstToken, decimals: 3) }.resting(on: hits(demand))
        kvShare =
            measured?.kvCacheShare
            ?? derive(
                "running sequences × KV cache of (input + half the output) ÷ room", ("sequences", sequences),
                ("input tokens", input), ("output tokens", output), ("room, GiB", memory.kvBudget)
            ) { _, _, _, _ in max(0.01, rounded(capability.kvShare, decimals: 2)) }
    }

    /// The rate that a replica sustains, with its reasons.
    private static func rate(_ demand: Demand, _ shape: Shape, _ most: Traced<Int>) -> Traced<Double> {
        let gpu = shape.accelerator.gpu
        let value = rounded(shape.capability.requestsPerSecond, decimals: 3)
        if let measured = demand.model.measured {
            return derive(
                "sequences ÷ (output tokens × time per output token)", ("sequences", measured.concurrency),
                ("output tokens", demand.workload.outputTokens)
            ) { _, _ in value }.resting(
                on: measured.timePerOutputToken.map { [Ingredient("time per output token, s", $0)] } ?? [])
        }
        let first = demand.model.sla.timeToFirstToken
        return derive(
            "the highest rate of random arrivals at which the first token comes in time, at most saturation × what all sequences complete (bound by "
                + "\(shape.capability.bottleneck.words))",
            ("sequences at once", most), ("output tokens", demand.workload.outputTokens),
            ("rate margin", .threshold(paceMargin(demand.workload, gpu))),
            ("derate", Traced(gpu.derate, .catalog(gpu.reference))),
            ("saturation", .threshold(Thresholds.saturation)), ("percentile", percentile(first))
        ) { _, _, _, _, _, _ in value }.resting(on: targets(first) + hits(demand))
    }
}

/// The share of requests that must keep a target, or the usual one without a target.
private func percentile(_ target: LatencyTarget?) -> Traced<Double> {
    target.map { $0.percentile.map { Double($0) / 100 } } ?? .threshold(Thresholds.percentile)
}

private func targets(_ target: LatencyTarget?) -> [Ingredient] {
    target.map { [Ingredient("at most, s", $0.seconds)] } ?? []
}

private func hits(_ demand: Demand) -> [Ingredient] {
    demand.model.traffic?.prefixHitRate.map { [Ingredient("prefix hits", $0)] } ?? []
}
