import Groundwork

/// A limit of a replica, shared by the search and its explanation.
struct ReplicaLimit<N: Arithmetic>: Sendable {
    enum Kind: Sendable { case sequences, memory, step, tpot, answer }

    let kind: Kind
    let figure: N
    let most: N

    var holds: Bool { figure.value <= most.value }
}

extension ReplicaLimit<Reasoned> {
    /// The limit as a condition of a search.
    var condition: Condition { Condition(figure, .atMost, most) }
}

extension ReplicaModel {
    /// The limits on concurrent sequences; the target is that of the time per output token.
    func limits(at sequences: N, target: N?) -> [ReplicaLimit<N>] {
        var limits = [ReplicaLimit(kind: .sequences, figure: sequences, most: .given(mostSequences))]
        if workload.keepsCache {
            let held = fit.sequences.named("sequences that fit in the KV cache", "sequences")
            limits.append(ReplicaLimit(kind: .memory, figure: sequences, most: held))
        }
        switch time {
        case .pooling(let steps):
            limits.append(ReplicaLimit(kind: .step, figure: sequences, most: steps.promptsPerStep))
        case .decoding:
            if let target, let tpot = tpot(sequences) {
                limits.append(ReplicaLimit(kind: .tpot, figure: tpot, most: target))
            }
        }
        return limits
    }
}

extension ReplicaQueue {
    /// The highest request rate of a replica, whatever its targets allow.
    var sustainedLimit: N { .given(Thresholds.saturation) * capacity }
}

extension ReplicaLoad {
    /// The limit on the time until an answer begins.
    func answerLimit(_ target: N) -> ReplicaLimit<N> { ReplicaLimit(kind: .answer, figure: answer, most: target) }
}
