/// What one replica of a shape sustains while it keeps the latency promises, in plain numbers.
package struct Capability: Sendable {
    /// What stops a replica from carrying more.
    package enum Bottleneck: String, Sendable {
        case memory, timePerOutputToken, timeToFirstToken, sequenceLimit
    }

    /// Why a shape cannot serve at all.
    package enum Refusal: Error, Sendable {
        case headsDoNotDivide
        case doesNotHold(MemoryFit)
        case tooSlowPerToken(Double)
        case tooSlowToFirstToken(Double)
        case formatUnsupported
        case hostTooSmall
    }

    package let fit: MemoryFit
    /// Sequences that run at the operating point.
    package let sequences: Int
    /// Seconds per output token, as promised: predicted times the margin.
    package let perOutputToken: Double
    /// Seconds to the first token, as promised.
    package let firstToken: Double
    package let requestsPerSecond: Double
    /// Share of the KV cache in use at the operating point.
    package let kvShare: Double
    package let bottleneck: Bottleneck
}

/// The latencies that a model must keep, seconds; nil where the spec asks for none.
package struct LatencyTargets: Sendable {
    package let firstToken: Double?
    package let perOutputToken: Double?
}

/// Finds the most sequences that a replica of a shape runs within memory and latency targets, and what that yields.
package func capability(
    of workload: Workload, on accelerator: Accelerator, tensorParallel: Int, targets: LatencyTargets
) -> Result<Capability, Capability.Refusal> {
    guard accelerator.gpu.supports(workload.dtype.value) else { return .failure(.formatUnsupported) }
    guard workload.divides(by: tensorParallel) else { return .failure(.headsDoNotDivide) }
    let fit = MemoryFit(workload, on: accelerator, tensorParallel: tensorParallel)
    guard fit.holds else { return .failure(.doesNotHold(fit)) }
    let time = StepTime(workload, on: accelerator, tensorParallel: tensorParallel)
    let margin = paceMargin(workload, accelerator.gpu).value
    let startMargin = startMargin(workload, accelerator.gpu).value
    func meetsPace(_ sequences: Int) -> Bool {
        targets.perOutputToken.map { time.perOutputToken(Double(sequences)) * margin <= $0 } ?? true
    }
    func meetsStart(_ sequences: Int) -> Bool {
        targets.firstToken.map { time.firstToken(Double(sequences)) * startMargin <= $0 } ?? true
    }
    guard meetsPace(1) else { return .failure(.tooSlowPerToken(time.perOutputToken(1) * margin)) }
    guard meetsStart(1) else { return .failure(.tooSlowToFirstToken(time.firstToken(1) * startMargin)) }

    let most = Int(min(Thresholds.mostSequences.value, fit.sequences))
    var (low, high) = (1, most)
    while low < high {
        let middle = (low + high + 1) / 2
        if meetsPace(middle), meetsStart(middle) { low = middle } else { high = middle - 1 }
    }
    let bottleneck: Capability.Bottleneck =
        low < most
        ? (meetsPace(low + 1) ? .timeToFirstToken : .timePerOutputToken)
        : (fit.sequences < Thresholds.mostSequences.value ? .memory : .sequenceLimit)
    let running = Double(low)
    let pace = time.perOutputToken(running) * margin
    let tokens = Double(workload.inputTokens.value) + Double(workload.outputTokens.value) / 2
    return .success(
        Capability(
            fit: fit, sequences: low, perOutputToken: pace, firstToken: time.firstToken(running) * startMargin,
            requestsPerSecond: running / (Double(workload.outputTokens.value) * pace),
            kvShare: min(1, running * workload.kvCache(tokens: tokens) / fit.kvBudget), bottleneck: bottleneck))
}

/// The factor between the predicted time per output token and the promised one.
package func paceMargin(_ workload: Workload, _ gpu: GPU) -> Threshold {
    gpu.isMeasured ? workload.fitted.paceMargin : Thresholds.unmeasuredMargin
}

/// The factor between the predicted time to first token and the promised one.
package func startMargin(_ workload: Workload, _ gpu: GPU) -> Threshold {
    gpu.isMeasured ? workload.fitted.startMargin : Thresholds.unmeasuredMargin
}
