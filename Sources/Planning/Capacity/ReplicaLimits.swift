import Groundwork

/// A limit that a replica keeps: the search and its explanation read the same ones.
struct ReplicaLimit<N: Arithmetic>: Sendable {
    enum Kind: Sendable { case sequences, memory, pace, start }

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
    /// What a number of sequences that run at once has to keep; the target is that of the time per output token.
    func limits(at sequences: N, target: N?) -> [ReplicaLimit<N>] {
        let held = fit.sequences.named("sequences that the KV cache holds", "sequences")
        let memory = [
            ReplicaLimit(kind: .sequences, figure: sequences, most: .given(mostSequences)),
            ReplicaLimit(kind: .memory, figure: sequences, most: held),
        ]
        guard let target else { return memory }
        return memory + [ReplicaLimit(kind: .pace, figure: perOutputToken(sequences), most: target)]
    }
}

extension ReplicaQueue {
    /// Requests per second that a replica is to get at most, whatever its targets allow.
    var sustainedLimit: N { .given(Thresholds.saturation) * capacity }
}

extension ReplicaLoad {
    /// What the time to first token has to keep.
    func startLimit(_ target: N) -> ReplicaLimit<N> { ReplicaLimit(kind: .start, figure: firstToken, most: target) }
}
