import Groundwork

/// What one replica of a shape sustains while it keeps the latency promises, in plain numbers.
package struct Capability: Sendable {
    /// What stops a replica from carrying more.
    package enum Bottleneck: String, Sendable {
        case memory, bandwidth, compute, kernels, queue, sequenceLimit, measured
    }

    /// Why a shape cannot serve at all.
    package enum Refusal: Error, Sendable {
        case doesNotDivide(PartitionFault)
        case doesNotHold(MemoryFit<Double>)
        /// What is missing on each GPU to load the weights as they are published, GiB.
        case doesNotLoad(Double)
        case tooSlowPerToken(Double)
        case tooSlowToFirstToken(Double)
        case formatUnsupported
        case cacheFormatUnsupported
        case hostTooSmall
    }

    package let fit: MemoryFit<Double>
    /// Sequences that run at once at most: with more, the time per output token is not kept, or the KV cache is full.
    package let mostSequences: Int
    /// Requests per second that a replica sustains.
    package let requestsPerSecond: Double
    /// The next rate that was tried and is too high.
    let rateBeyond: Double
    /// Requests in the replica at that rate, on average.
    package let sequences: Int
    /// Seconds per output token, as promised.
    package let perOutputToken: Double
    /// Seconds to the first token, as promised.
    package let firstToken: Double
    /// Share of the KV cache in use at that rate.
    package let kvShare: Double
    package let bottleneck: Bottleneck
}

/// The latencies that a model must keep, seconds, each with the share of requests that must keep it; nil where the spec asks for none.
package struct LatencyTargets: Sendable, Hashable {
    package let firstToken: Double?
    package let perOutputToken: Double?
    package let firstTokenPercentile: Double
    package let perOutputTokenPercentile: Double
}

extension LatencyTargets {
    /// The targets of a spec; without a target, what is planned is the usual percentile.
    package init(_ objectives: LatencyObjectives) {
        let shares = TargetShares<Double>(objectives)
        firstToken = objectives.firstToken?.seconds.value
        perOutputToken = objectives.perOutputToken?.seconds.value
        firstTokenPercentile = shares.firstToken
        perOutputTokenPercentile = shares.perOutputToken
    }
}

/// Finds the highest rate of requests that a replica of a shape sustains within memory and latency targets, and what goes with it.
///
/// First the most sequences that may run at once: the KV cache holds them, and all of them keep the time per output token. Then, by the queue
/// before these places, the highest rate at which the first token comes in time. What the spec measured wins over the latter two.
package func capability(
    of workload: Workload, on accelerator: Accelerator, tensorParallel: Int, expertParallel: Bool = false,
    targets: LatencyTargets, measured: MeasuredSpec? = nil
) -> Result<Capability, Capability.Refusal> {
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
    guard search.broken(at: 1).isEmpty else { return .failure(.tooSlowPerToken(replica.perOutputToken(1))) }
    guard replica.firstToken(1) <= targets.firstToken ?? .infinity else {
        return .failure(.tooSlowToFirstToken(replica.firstToken(1)))
    }
    return .success(search.capability)
}

extension Capability {
    /// What the spec measured, with the model's figures for what it did not.
    fileprivate init(_ figures: ReplicaFigures<Double>, _ fit: MemoryFit<Double>) {
        self.init(
            fit: fit, mostSequences: Int(figures.sequences), requestsPerSecond: figures.requestsPerSecond,
            rateBeyond: .infinity, sequences: Int(figures.sequences), perOutputToken: figures.perOutputToken,
            firstToken: figures.firstToken, kvShare: figures.kvShare, bottleneck: .measured)
    }
}

/// The factor between the predicted time per output token and the promised one.
package func paceMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    let usual =
        gpu.isMeasured
        ? workload.fitted.paceMargin.on(gpu)
        : workload.isMixture ? Assumptions.unmeasuredMixturePaceMargin : Assumptions.unmeasuredPaceMargin
    let speculative = Assumptions.speculativePaceMargin
    return workload.isSpeculative && speculative.value > usual.value ? speculative : usual
}

/// The factor between the predicted time to first token and the promised one.
package func startMargin(_ workload: Workload, _ gpu: GPU) -> Parameter {
    gpu.isMeasured ? workload.fitted.startMargin.on(gpu) : Assumptions.unmeasuredStartMargin
}
