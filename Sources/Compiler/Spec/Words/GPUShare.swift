/// How much of a GPU a replica takes.
package enum GPUShare: Sendable, Hashable, FactConvertible {
    case whole
    /// A MIG profile such as `1g.20gb`.
    case mig(profile: String)
    /// Replicas that take turns on one GPU.
    case timeSlicing(replicas: Int)
    /// Replicas that run side by side on one GPU.
    case mps(replicas: Int)

    /// The share in words: `whole`, `mig 1g.20gb`, `time-slicing 4`, `mps 4`.
    package var text: String {
        switch self {
        case .whole: "whole"
        case .mig(let profile): "mig \(profile)"
        case .timeSlicing(let replicas): "time-slicing \(replicas)"
        case .mps(let replicas): "mps \(replicas)"
        }
    }

    package var isMIG: Bool { if case .mig = self { true } else { false } }

    package static var kind: Noun.Kind { .string }
    package var fact: FactValue { .string(text) }
}
