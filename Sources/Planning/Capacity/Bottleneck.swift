import Groundwork

extension Capability.Bottleneck {
    /// The bottleneck in words.
    package var words: String {
        switch self {
        case .memory: "KV cache memory"
        case .bandwidth: "memory bandwidth (the time per output token)"
        case .compute: "compute (the time per output token)"
        case .kernels: "kernels and all-reduces (the time per output token)"
        case .queue: "the queue (the time to first token)"
        case .sequenceLimit: "the sequence limit"
        case .measured: "what was measured"
        }
    }
}

extension StepTime {
    /// What the time of an output token goes into while a number of sequences runs.
    func parts(_ sequences: N) -> [(bottleneck: Capability.Bottleneck, time: N)] {
        let bandwidth = bandwidth(sequences).named("reading weights and KV cache", "s")
        let compute = compute(sequences).named("arithmetic of an output token", "s")
        let rest = perOutputToken(sequences) - bandwidth - compute
        return [
            (.bandwidth, bandwidth), (.compute, compute), (.kernels, rest.named("kernels and communication", "s")),
        ]
    }

    /// What takes most of that time.
    func largestPart(_ sequences: N) -> Capability.Bottleneck {
        let parts = parts(sequences)
        return parts.dropFirst().reduce(parts[0]) { $1.time.value > $0.time.value ? $1 : $0 }.bottleneck
    }
}
