import Groundwork

/// The candidate that is closest to a latency target.
struct SlowShape {
    let shape: String
    /// The latency that it reaches.
    let seconds: Double
    /// Whether the target is the time per output token, not the time to first token.
    let isPace: Bool
}

/// The candidate that lacks the least memory.
struct TightShape {
    let shape: RefusedShape
    /// What it lacks, GiB.
    let shortfall: Double
    /// Whether it lacks that while the weights are loaded, before vLLM converts them to another dtype.
    let isLoading: Bool
}

/// Finds the candidate that misses a latency target by the smallest factor.
///
/// Time to first token is checked only after time per output token: if any candidate got there, the latter is not the reason.
func nearestInTime(_ refused: [RefusedShape], _ targets: LatencyTargets) -> SlowShape? {
    let slow = refused.compactMap { refused -> (factor: Double, shape: SlowShape)? in
        switch refused.refusal {
        case .tooSlowPerToken(let seconds):
            (
                seconds / (targets.perOutputToken ?? seconds),
                SlowShape(shape: refused.words, seconds: seconds, isPace: true)
            )
        case .tooSlowToFirstToken(let seconds):
            (
                seconds / (targets.firstToken ?? seconds),
                SlowShape(shape: refused.words, seconds: seconds, isPace: false)
            )
        case .doesNotDivide, .doesNotHold, .doesNotLoad, .formatUnsupported, .cacheFormatUnsupported, .hostTooSmall:
            nil
        }
    }
    let late = slow.filter { !$0.shape.isPace }
    return (late.isEmpty ? slow : late).min { $0.factor < $1.factor }?.shape
}

/// Finds the candidate that lacks the least memory.
func nearestInMemory(_ refused: [RefusedShape]) -> TightShape? {
    let tight = refused.compactMap { refused -> TightShape? in
        switch refused.refusal {
        case .doesNotHold(let fit):
            return TightShape(shape: refused, shortfall: fit.longestSequence - fit.kvBudget, isLoading: false)
        case .doesNotLoad(let missing):
            return TightShape(
                shape: refused, shortfall: missing * Double(refused.tensorParallel), isLoading: true)
        default: return nil
        }
    }
    return tight.min { $0.shortfall < $1.shortfall }
}

extension RefusedShape {
    /// The candidate as in a table, for example `p5.48xlarge, 4 × h100`.
    var plainWords: String {
        let format = workload.dtype.value == .fp8 ? " in fp8" : ""
        return "\(type.name), \(tensorParallel) × \(type.gpuID)\(format)"
    }

    /// The candidate in words, for example `p5.48xlarge` with 4 GPUs.
    var words: String {
        type.gpuCount == 1
            ? "`\(type.name)`" : "`\(type.name)` with \(tensorParallel) GPU\(tensorParallel == 1 ? "" : "s")"
    }
}
