import Groundwork

extension Capability.Bottleneck {
    /// The bottleneck of a model in words.
    package func words(of workload: Workload) -> String {
        switch self {
        case .memory: "KV cache memory"
        case .bandwidth: "memory bandwidth (time per output token)"
        case .compute: "compute (time per output token)"
        case .kernels: "kernels and all-reduces (time per output token)"
        case .queue: "queueing (\(workload.answerWords))"
        case .prompts: "compute (prompts)"
        case .sequenceLimit: "the limit on concurrent sequences"
        case .measured: "the measured values"
        }
    }
}

extension StepTime {
    /// The parts of the time per output token while a number of sequences runs.
    func parts(_ sequences: N) -> [(bottleneck: Capability.Bottleneck, time: N)] {
        let bandwidth = bandwidth(sequences).named("weight and KV cache read time", "s")
        let compute = compute(sequences).named("compute time per output token", "s")
        let rest = tpot(sequences) - bandwidth - compute
        return [
            (.bandwidth, bandwidth), (.compute, compute), (.kernels, rest.named("kernel and communication time", "s")),
        ]
    }

    /// The largest part of that time.
    func largestPart(_ sequences: N) -> Capability.Bottleneck {
        let parts = parts(sequences)
        return parts.dropFirst().reduce(parts[0]) { $1.time.value > $0.time.value ? $1 : $0 }.bottleneck
    }
}
