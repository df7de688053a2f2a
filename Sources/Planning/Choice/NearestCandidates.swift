import Groundwork

/// The candidate that is closest to a latency target.
struct SlowCandidate {
    let candidate: String
    /// The latency that it reaches.
    let seconds: Double
    /// Whether the target is the time per output token, not the time until an answer begins.
    let isTPOT: Bool
}

/// The candidate that lacks the least memory.
struct TightCandidate {
    let candidate: RejectedCandidate
    /// What it lacks, GiB.
    let shortfall: Double
    /// Whether it lacks that while the weights are loaded, before vLLM converts them to another dtype.
    let isLoading: Bool
}

/// Finds the candidate that misses a latency target by the smallest factor.
///
/// The time until an answer begins is checked only after time per output token: if any candidate got there, the latter is not the reason.
func nearestInTime(_ rejected: [RejectedCandidate], _ targets: LatencyTargets) -> SlowCandidate? {
    let slow = rejected.compactMap { rejected -> (factor: Double, candidate: SlowCandidate)? in
        switch rejected.rejection {
        case .tpotAboveTarget(let seconds):
            (
                seconds / (targets.tpot ?? seconds),
                SlowCandidate(candidate: rejected.words, seconds: seconds, isTPOT: true)
            )
        case .answerAboveTarget(let seconds):
            (
                seconds / (targets.answer ?? seconds),
                SlowCandidate(candidate: rejected.words, seconds: seconds, isTPOT: false)
            )
        case .doesNotDivide, .doesNotHold, .doesNotLoad, .formatUnsupported, .cacheFormatUnsupported, .hostTooSmall:
            nil
        }
    }
    let late = slow.filter { !$0.candidate.isTPOT }
    return (late.isEmpty ? slow : late).min { $0.factor < $1.factor }?.candidate
}

/// Finds the candidate that lacks the least memory.
func nearestInMemory(_ rejected: [RejectedCandidate]) -> TightCandidate? {
    let tight = rejected.compactMap { rejected -> TightCandidate? in
        switch rejected.rejection {
        case .doesNotHold(let fit):
            return TightCandidate(candidate: rejected, shortfall: fit.longestSequence - fit.kvBudget, isLoading: false)
        case .doesNotLoad(let missing):
            return TightCandidate(
                candidate: rejected, shortfall: missing * Double(rejected.tensorParallel), isLoading: true)
        default: return nil
        }
    }
    return tight.min { $0.shortfall < $1.shortfall }
}

extension RejectedCandidate {
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
