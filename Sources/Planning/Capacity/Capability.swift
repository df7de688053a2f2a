import Groundwork

/// What one replica of a candidate sustains within its latency targets, in plain numbers.
package struct Capability: Sendable {
    /// What limits a replica.
    package enum Bottleneck: String, Sendable {
        case memory, bandwidth, compute, kernels, queue, prompts, sequenceLimit, measured
    }

    /// Why a candidate cannot serve at all.
    package enum Rejection: Error, Sendable {
        case doesNotDivide(PartitionFault)
        case doesNotHold(MemoryFit<Double>)
        /// The memory missing on each GPU to load the published weights, GiB.
        case doesNotLoad(Double)
        case tpotAboveTarget(Double)
        case answerAboveTarget(Double)
        case formatUnsupported
        case cacheFormatUnsupported
        case hostTooSmall
    }

    package let fit: MemoryFit<Double>
    /// The maximum of concurrent sequences: more would miss the time per output token or overflow the KV cache.
    package let mostSequences: Int
    /// Requests per second that a replica sustains.
    package let requestsPerSecond: Double
    /// The next rate that was tried, which is too high.
    let rateBeyond: Double
    /// Requests in the replica at that rate, on average.
    package let sequences: Int
    /// Planned seconds per output token; nil if no tokens are generated.
    package let tpot: Double?
    /// Planned seconds until an answer begins: to the first token or, if no tokens are generated, end to end.
    package let answer: Double
    /// Share of the KV cache in use at that rate; nil if no tokens are generated.
    package let kvShare: Double?
    package let bottleneck: Bottleneck
}

/// The latency targets of a model, seconds, each with the share of requests that must meet it; nil if there is none.
package struct LatencyTargets: Sendable, Hashable {
    /// Until an answer begins: to the first token or, if no tokens are generated, end to end.
    package let answer: Double?
    package let tpot: Double?
    package let answerPercentile: Double
    package let tpotPercentile: Double
}

extension LatencyTargets {
    /// The targets of a spec; without a target, the default percentile is planned.
    package init(_ objectives: LatencyObjectives) {
        let shares = TargetShares<Double>(objectives)
        answer = objectives.answer?.seconds.value
        tpot = objectives.tpot?.seconds.value
        answerPercentile = shares.answer
        tpotPercentile = shares.tpot
    }
}

/// Finds the highest request rate that a replica of a candidate sustains within memory and latency targets.
///
/// First the most concurrent sequences that fit in the KV cache and meet the time per output token. Then, by the queue
/// in front of them, the highest rate at which answers begin in time. Measured values of the spec take precedence over both.
package func capability(
    of workload: Workload, on accelerator: Accelerator, tensorParallel: Int, expertParallel: Bool = false,
    targets: LatencyTargets, measured: MeasuredSpec? = nil
) -> Result<Capability, Capability.Rejection> {
    guard workload.runs(on: accelerator.gpu) else {
        return .failure(.formatUnsupported)
    }
    guard workload.kvDType.value != .fp8 || workload.cachesInEightBits(on: accelerator.gpu) else {
        return .failure(.cacheFormatUnsupported)
    }
    if let fault = workload.partitionFault(over: tensorParallel, on: accelerator.gpu, expertParallel: expertParallel) {
        return .failure(.doesNotDivide(fault))
    }
    let ranks = Double(tensorParallel)
    if workload.isQuantized {
        let missing = missingToLoad(workload, on: accelerator, ranks: ranks)
        guard missing <= 0 else { return .failure(.doesNotLoad(missing)) }
    }
    let fit = MemoryFit(workload, on: accelerator, ranks: ranks)
    guard fit.holds else { return .failure(.doesNotHold(fit)) }
    let replica = ReplicaModel(workload, accelerator, ranks: ranks)
    if let measured { return .success(Capability(replica.measured(measured), fit)) }
    let search = ReplicaSearch(replica: replica, targets: targets)
    if !search.broken(at: 1).isEmpty, let tpot = replica.tpot(1) { return .failure(.tpotAboveTarget(tpot)) }
    guard replica.answer(1) <= targets.answer ?? .infinity else {
        return .failure(.answerAboveTarget(replica.answer(1)))
    }
    return .success(search.capability)
}

extension Capability {
    /// The measured values of the spec, and modeled ones for the rest.
    fileprivate init(_ figures: ReplicaFigures<Double>, _ fit: MemoryFit<Double>) {
        self.init(
            fit: fit, mostSequences: Int(figures.sequences), requestsPerSecond: figures.requestsPerSecond,
            rateBeyond: .infinity, sequences: Int(figures.sequences), tpot: figures.tpot,
            answer: figures.answer, kvShare: figures.kvShare, bottleneck: .measured)
    }
}

/// The factor between the predicted and the planned time per output token.
package func tpotMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    let usual =
        gpu.isMeasured
        ? workload.fitted.tpotMargin.on(gpu)
        : workload.isMoE ? Assumptions.unmeasuredMoETPOTMargin : Assumptions.unmeasuredTPOTMargin
    let speculative = Assumptions.speculativeTPOTMargin
    return workload.isSpeculative && speculative.value > usual.value ? speculative : usual
}

/// The factor between the predicted and the planned time to first token.
package func ttftMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    gpu.isMeasured ? workload.fitted.ttftMargin.on(gpu) : Assumptions.unmeasuredTTFTMargin
}

/// The factor between the predicted and the planned time until an answer begins.
func answerMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    workload.generates ? ttftMargin(workload, gpu) : Assumptions.poolingMargin
}

/// The factor between the predicted and the planned time in which requests complete.
func rateMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    workload.generates ? tpotMargin(workload, gpu) : Assumptions.poolingMargin
}
