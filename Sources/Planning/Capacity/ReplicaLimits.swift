import Groundwork

/// A limit of a replica, shared by the search and its explanation.
struct ReplicaLimit<N: Arithmetic>: Sendable {
    enum Kind: Sendable { case sequences, memory, tpot, ttft }

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
        let held = fit.sequences.named("sequences that fit in the KV cache", "sequences")
        let memory = [
            ReplicaLimit(kind: .sequences, figure: sequences, most: .given(mostSequences)),
            ReplicaLimit(kind: .memory, figure: sequences, most: held),
        ]
        guard let target else { return memory }
        return memory + [ReplicaLimit(kind: .tpot, figure: tpot(sequences), most: target)]
    }
}

extension ReplicaQueue {
    /// The highest request rate of a replica, whatever its targets allow.
    var sustainedLimit: N { .given(Thresholds.saturation) * capacity }
}

extension ReplicaLoad {
    /// The limit on the time to first token.
    func ttftLimit(_ target: N) -> ReplicaLimit<N> { ReplicaLimit(kind: .ttft, figure: ttft, most: target) }
}
