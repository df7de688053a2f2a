import Groundwork

/// The point at which one replica of a model works: what scaling, alerts, serving arguments and limits all read.
package struct OperatingPoint: Sendable {
    package let tensorParallel: Traced<Int>
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: Traced<Double>
    /// Room for KV cache in one replica, GiB.
    package let kvBudget: Traced<Double>
    /// Sequences that one replica runs at once at most.
    package let mostSequences: Traced<Int>
    /// Requests per second that a replica sustains.
    let rate: Reasoned
    /// The same with three decimals, as manifests have it.
    package let requestsPerSecond: Traced<Double>
    /// Requests in one replica at that rate, on average.
    package let sequences: Traced<Int>
    /// Share of the KV cache in use then.
    package let kvShare: Traced<Double>
    /// Time to first token, seconds: promised, or as measured.
    package let timeToFirstToken: Traced<Double>
    /// Time per output token, seconds: promised, or as measured.
    package let timePerOutputToken: Traced<Double>
    /// The factor between the predicted time per output token and the promised one; nil where it is measured.
    package let margin: Traced<Double>?
    /// From the wish for a replica to its first answer, seconds.
    package let coldStart: ColdStartPlan
    fileprivate let limiting: Deferred<Traced<String>>
    package let confidence: Traced<String>

    /// What stops a replica from carrying more, in words.
    package var bottleneck: Traced<String> { limiting.value }
}

/// The cold start of a model, in seconds.
package struct ColdStartPlan: Sendable {
    package let parts: ColdStart<Reasoned>
    /// All parts together, whole seconds.
    package let total: Traced<Int>
    /// The parts inside the container, whole seconds: what the startup probe waits for.
    package let inContainer: Traced<Int>

    init(_ model: ModelSpec, _ workload: Workload) {
        parts = ColdStart(model, workload)
        total = Traced<Int>(parts.total.roundedUp.named("cold start", "s"))
        inContainer = Traced<Int>(parts.inContainer.roundedUp.named("weights load and warm-up", "s"))
    }
}

/// States the operating point of a shape with the reasons of every figure; what the spec measured wins.
///
/// The figures are those that the search found: their reasons are worked out when somebody asks.
func operatingPoint(_ demand: Demand, on shape: Shape, besides next: Shape?) -> OperatingPoint {
    let found = shape.capability
    let ranks = explainedParallelism(demand, shape, besides: next)
    let explained = Deferred { ExplainedReplica(demand, shape, ranks: ranks) }
    func figure(
        _ name: String, _ value: Double, _ unit: Unit, ofRateAlone: Bool = false,
        _ reason: @escaping @Sendable (ExplainedReplica) -> Reasoned
    ) -> Reasoned {
        .deferred(name, value, unit, restingOn: shape.origins(demand, ofRateAlone: ofRateAlone)) {
            reason(explained.value)
        }
    }
    func rounded(
        _ name: String, _ value: Double, _ unit: Unit, _ decimals: Int,
        _ reason: @escaping @Sendable (ExplainedReplica) -> Reasoned
    ) -> Traced<Double> {
        Traced<Double>(figure(name, value, unit, reason).rounded(decimals))
    }
    let rate = figure("rate of a replica", found.requestsPerSecond, "requests/s", ofRateAlone: true) {
        $0.figures.requestsPerSecond
    }
    let most = figure("sequences at once", Double(found.mostSequences), "sequences") { $0.mostSequences }
    let measured = demand.model.measured
    return OperatingPoint(
        tensorParallel: Traced<Int>(ranks),
        weightsPerGPU: rounded("weights per GPU", found.fit.weightsPerGPU, "GiB", 2) { $0.fit.weightsPerGPU },
        kvBudget: rounded("room for KV cache", found.fit.kvBudget, "GiB", 2) { $0.fit.kvBudget },
        mostSequences: Traced<Int>(most),
        rate: rate,
        requestsPerSecond: measured?.requestsPerSecond
            ?? Traced<Double>(rate.rounded(3).named("rate of a replica, 3 decimals", "requests/s")),
        sequences: Traced<Int>(
            figure("requests in a replica, on average", Double(found.sequences), "requests") { $0.figures.sequences }),
        kvShare: measured?.kvCacheShare
            ?? Traced<Double>(
                .maximum(
                    0.01,
                    figure("share of the KV cache in use", found.kvShare, "ratio") { $0.figures.kvShare }.rounded(2))),
        timeToFirstToken: measured?.timeToFirstToken
            ?? rounded("time to first token", found.firstToken, "s", 3) { $0.figures.firstToken },
        timePerOutputToken: measured?.timePerOutputToken
            ?? rounded("time per output token", found.perOutputToken, "s", 4) { $0.figures.perOutputToken },
        margin: measured?.timePerOutputToken == nil
            ? .parameter(paceMargin(shape.workload, shape.accelerator.gpu)) : nil,
        coldStart: ColdStartPlan(demand.model, shape.workload),
        limiting: Deferred { explainedBottleneck(demand, shape, most, rate, ranks: ranks) },
        confidence: confidence(demand, shape))
}

/// The GPUs of a replica: what the spec says, else those of the shape that was chosen.
private func explainedParallelism(_ demand: Demand, _ shape: Shape, besides next: Shape?) -> Reasoned {
    if let asked = demand.model.gpu.tensorParallel { return asked.named("tensor parallel", "GPUs") }
    return .chosen(
        "tensor parallel", Double(shape.tensorParallel), "GPUs",
        "the GPUs of a replica on the shape that was chosen: \(shape.words)"
    ) { next.map { shape.comparisons(with: $0, demand) } ?? [] }
}

/// Where the figures come from, in words, with the margins of those that are predicted.
private func confidence(_ demand: Demand, _ shape: Shape) -> Traced<String> {
    let (gpu, measured) = (shape.accelerator.gpu, demand.model.measured)
    var margins: [ReasonedText] = []
    if measured?.timeToFirstToken == nil {
        margins.append("prefill at \(startMargin(shape.workload, gpu)) times the prediction")
    }
    if measured?.timePerOutputToken == nil {
        margins.append(
            "decoding at \(paceMargin(shape.workload, gpu)) times \(margins.isEmpty ? "the prediction" : "it")")
    }
    if measured == nil, gpu.derate > paceMargin(shape.workload, gpu).value {
        let derate = Traced(gpu.derate, .catalog(gpu.reference))
        margins.append("throughput divided by \(derate, as: "derate of \(gpu.id)")")
    }
    let predicted: ReasonedText? =
        margins.isEmpty
        ? nil
        : "modelled\(gpu.isMeasured ? "" : " without serving data for \(gpu.id)"): \(margins.joined(separator: ", "))"
    let text = [measured.map { "measured: \($0.words)" }, predicted].compactMap { $0 }.joined(separator: "; ")
    return text.because("where the figures come from")
}

extension MeasuredSpec {
    /// What is measured.
    fileprivate var words: String {
        [
            ("sequences", true), ("requests per second", requestsPerSecond != nil),
            ("share of the KV cache", kvCacheShare != nil), ("time to first token", timeToFirstToken != nil),
            ("time per output token", timePerOutputToken != nil),
        ].filter(\.1).map(\.0).joined(separator: ", ")
    }
}

/// The longest cold start of several models, seconds.
func slowestColdStart(of models: [Placement]) -> Reasoned {
    let starts = models.map {
        $0.point.coldStart.total.named(models.count == 1 ? "cold start" : "cold start of \($0.name)", "s")
    }
    return .maximum(of: starts).named("slowest cold start", "s")
}
