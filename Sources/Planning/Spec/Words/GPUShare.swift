import Groundwork

/// How much of a GPU a replica uses.
package enum GPUShare: Sendable, Hashable, FactConvertible {
    case whole
    /// A MIG profile such as `1g.20gb`, optionally shared by several replicas with MPS.
    case mig(profile: String, sharers: Int?)
    /// Replicas that share one GPU by time-slicing.
    case timeSlicing(replicas: Int)
    /// Replicas that share one GPU with MPS.
    case mps(replicas: Int)

    /// The share as text: `whole`, `mig 1g.20gb`, `mig 3g.40gb, mps 2`, `time-slicing 4`, `mps 4`.
    package var text: String {
        switch self {
        case .whole: "whole"
        case .mig(let profile, let sharers): "mig \(profile)" + (sharers.map { ", mps \($0)" } ?? "")
        case .timeSlicing(let replicas): "time-slicing \(replicas)"
        case .mps(let replicas): "mps \(replicas)"
        }
    }

    /// Replicas that divide the memory of one GPU or instance.
    package var sharers: Int {
        switch self {
        case .whole: 1
        case .mig(_, let sharers): sharers ?? 1
        case .timeSlicing(let replicas), .mps(let replicas): replicas
        }
    }

    package var isMIG: Bool { if case .mig = self { true } else { false } }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
