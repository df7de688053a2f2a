import Groundwork

/// The load at which one replica of a model runs: scaling, alerts, serving arguments and limits all use it.
package struct OperatingPoint: Sendable {
    package let tensorParallel: Traced<Int>
    /// Weights on each GPU, GiB.
    package let weightsPerGPU: Traced<Double>
    /// KV cache capacity of one replica, GiB.
    package let kvBudget: Traced<Double>
    /// The maximum of concurrent sequences in one replica.
    package let mostSequences: Traced<Int>
    /// Requests per second that a replica sustains.
    let rate: Reasoned
    /// The same with three decimals, as in manifests.
    package let requestsPerSecond: Traced<Double>
    /// Requests in one replica at that rate, on average.
    package let sequences: Traced<Int>
    /// Prompt tokens per second of a model that generates none, at that rate; nil for others.
    package let promptRate: Traced<Double>?
    /// KV cache usage at that rate; nil if no tokens are generated.
    package let kvShare: Traced<Double>?
    /// Seconds until an answer begins, planned or as measured: to the first token or, if no tokens are generated, end to end.
    package let answer: Traced<Double>
    /// Time per output token, seconds: planned, or as measured; nil if no tokens are generated.
    package let timePerOutputToken: Traced<Double>?
    /// The factor between the predicted and the planned time in which requests complete; nil if it is measured.
    package let margin: Traced<Double>?
    /// From the scale-up decision to the first response, seconds.
    package let coldStart: ColdStartPlan
    fileprivate let limiting: Deferred<Traced<String>>
    package let confidence: Traced<String>

    /// Time to first token, seconds; nil if no tokens are generated.
    package var timeToFirstToken: Traced<Double>? { timePerOutputToken == nil ? nil : answer }
    /// End-to-end latency, seconds; nil if tokens are generated.
    package var endToEndLatency: Traced<Double>? { timePerOutputToken == nil ? answer : nil }
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

/// Computes the operating point of a candidate with the reasons of every figure; measured values take precedence.
///
/// The figures are those that the search found: their reasons are computed on demand.
func operatingPoint(_ demand: Demand, on candidate: Candidate, besides next: Candidate?) -> OperatingPoint {
    let found = candidate.capability
    let ranks = explainedParallelism(demand, candidate, besides: next)
    let explained = Deferred { ExplainedReplica(demand, candidate, ranks: ranks) }
    func figure(
        _ name: String, _ value: Double, _ unit: Unit, ofRateAlone: Bool = false,
        _ reason: @escaping @Sendable (ExplainedReplica) -> Reasoned
    ) -> Reasoned {
        .deferred(name, value, unit, restingOn: candidate.origins(demand, ofRateAlone: ofRateAlone)) {
            reason(explained.value)
        }
    }
    func rounded(
        _ name: String, _ value: Double, _ unit: Unit, _ decimals: Int,
        _ reason: @escaping @Sendable (ExplainedReplica) -> Reasoned
    ) -> Traced<Double> {
        Traced<Double>(figure(name, value, unit, reason).rounded(decimals))
    }
    let rate = figure("request rate per replica", found.requestsPerSecond, "requests/s", ofRateAlone: true) {
        $0.figures.requestsPerSecond
    }
    let most = figure("concurrent sequences", Double(found.mostSequences), "sequences") { $0.mostSequences }
    let measured = demand.model.measured
    let requestsPerSecond =
        measured?.requestsPerSecond
        ?? Traced<Double>(rate.rounded(3).named("sustained request rate", "requests/s"))
    return OperatingPoint(
        tensorParallel: Traced<Int>(ranks),
        weightsPerGPU: rounded("weights per GPU", found.fit.weightsPerGPU, "GiB", 2) { $0.fit.weightsPerGPU },
        kvBudget: rounded("KV cache capacity", found.fit.kvBudget, "GiB", 2) { $0.fit.kvBudget },
        mostSequences: Traced<Int>(most),
        rate: rate,
        requestsPerSecond: requestsPerSecond,
        sequences: Traced<Int>(
            figure("mean requests per replica", Double(found.sequences), "requests") { $0.figures.sequences }),
        promptRate: candidate.workload.generates
            ? nil : Traced<Double>(promptRate(requestsPerSecond, candidate.workload)),
        kvShare: measured?.kvCacheShare
            ?? found.kvShare.map { share in
                let used = figure("KV cache usage", share, "ratio") { $0.figures.kvShare ?? .constant(share, "ratio") }
                return Traced<Double>(.maximum(0.01, used.rounded(2)))
            },
        answer: measured?.timeToFirstToken ?? measured?.endToEndLatency
            ?? rounded(candidate.workload.answerWords, found.answer, "s", 3) { $0.figures.answer },
        timePerOutputToken: measured?.timePerOutputToken
            ?? found.tpot.map { tpot in
                rounded("time per output token", tpot, "s", 4) { $0.figures.tpot ?? .constant(tpot, "s") }
            },
        margin: measured.flatMap { candidate.workload.generates ? $0.timePerOutputToken : $0.endToEndLatency } == nil
            ? .parameter(rateMargin(candidate.workload, candidate.accelerator.gpu)) : nil,
        coldStart: ColdStartPlan(demand.model, candidate.workload),
        limiting: Deferred { explainedBottleneck(demand, candidate, most, rate, ranks: ranks) },
        confidence: confidence(demand, candidate))
}

/// Prompt tokens per second at a rate of requests.
private func promptRate(_ rate: Traced<Double>, _ workload: Workload) -> Reasoned {
    (rate.named("sustained request rate", "requests/s") * workload.inputTokens.named("input tokens", "tokens"))
        .rounded(0).named("prompt tokens per second", "tokens/s")
}

/// The GPUs per replica: those of the spec, else those of the chosen candidate.
private func explainedParallelism(_ demand: Demand, _ candidate: Candidate, besides next: Candidate?) -> Reasoned {
    if let asked = demand.model.gpu.tensorParallel { return asked.named("tensor parallel size", "GPUs") }
    return .chosen(
        "tensor parallel size", Double(candidate.tensorParallel), "GPUs",
        "the GPUs per replica of the chosen candidate: \(candidate.words)"
    ) { next.map { candidate.comparisons(with: $0, demand) } ?? [] }
}

/// Where the figures come from, in words, with the margins of those that are predicted.
private func confidence(_ demand: Demand, _ candidate: Candidate) -> Traced<String> {
    let (gpu, measured, workload) = (candidate.accelerator.gpu, demand.model.measured, candidate.workload)
    var margins: [ReasonedText] = []
    if measured?.timeToFirstToken == nil, measured?.endToEndLatency == nil {
        margins.append("prefill at \(answerMargin(workload, gpu)) times the prediction")
    }
    if measured?.timePerOutputToken == nil, workload.generates {
        margins.append(
            "decoding at \(tpotMargin(workload, gpu)) times \(margins.isEmpty ? "the prediction" : "it")")
    }
    if measured == nil, gpu.derate > rateMargin(workload, gpu).value {
        let derate = Traced(gpu.derate, .catalog(gpu.reference))
        margins.append("throughput divided by \(derate, as: "derate of \(gpu.id)")")
    }
    let predicted: ReasonedText? =
        margins.isEmpty
        ? nil
        : "modeled\(gpu.isMeasured ? "" : " without serving data for \(gpu.id)"): \(margins.joined(separator: ", "))"
    let text = [measured.map { "measured: \($0.words)" }, predicted].compactMap { $0 }.joined(separator: "; ")
    return text.because("where the figures come from")
}

extension MeasuredSpec {
    /// What is measured.
    fileprivate var words: String {
        let figures: [(name: String, isMeasured: Bool)] = [
            ("sequences", true), ("requests per second", requestsPerSecond != nil),
            ("KV cache usage", kvCacheShare != nil), ("time to first token", timeToFirstToken != nil),
            ("time per output token", timePerOutputToken != nil), ("end-to-end latency", endToEndLatency != nil),
        ]
        return figures.filter(\.isMeasured).map(\.name).joined(separator: ", ")
    }
}

/// The longest cold start of several models, seconds.
func slowestColdStart(of models: [Placement]) -> Reasoned {
    let starts = models.map {
        $0.point.coldStart.total.named(models.count == 1 ? "cold start" : "cold start of \($0.name)", "s")
    }
    return .maximum(of: starts).named("slowest cold start", "s")
}
