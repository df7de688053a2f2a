/// MIG instances of one profile.
package struct MIGSlice: Sendable, Hashable {
    package let profile: String
    package let perGPU: Int
    /// Whether the device plugin offers them under the name of whole GPUs, as that of Bottlerocket does.
    let isCalledWhole: Bool
    /// Pods that stand side by side in one instance; one where it is nobody else's.
    package let sharers: Int
    /// Whether the DRA driver makes them when pods claim them.
    package let isOnDemand: Bool

    /// Whether nodes of theirs can have instances of other profiles, too.
    fileprivate var mixes: Bool { !isCalledWhole && !isOnDemand }
}

/// How the GPUs of a pool are cut.
package enum Layout: Sendable, Hashable {
    case whole
    case mig(MIGSlice)
    case timeSlicing(replicas: Int)
    case mps(replicas: Int)

    /// The extended resource that a pod asks for.
    package var resource: String {
        switch self {
        case .whole: "nvidia.com/gpu"
        case .mig(let slice): slice.isCalledWhole ? "nvidia.com/gpu" : "nvidia.com/mig-\(Layout.word(slice.profile))"
        case .timeSlicing, .mps: "nvidia.com/gpu.shared"
        }
    }

    /// A MIG profile as a label's value or a resource's name: neither may hold a `+`.
    package static func word(_ profile: String) -> String { String(profile.map { $0 == "+" ? "." : $0 }) }

    /// Whether nodes can carry both: MIG instances of several profiles stand beside each other, where each has its own name.
    func canStand(beside other: Layout) -> Bool {
        guard case .mig(let own) = self, case .mig(let theirs) = other else { return self == other }
        return self == other || own.mixes && theirs.mixes
    }

    /// The layout in a sentence.
    var words: String {
        if case .mig(let slice) = self, !slice.mixes { return "mig \(slice.profile)" }
        return deviceConfiguration
    }

    package var isMIG: Bool { if case .mig = self { true } else { false } }

    /// How many of that resource one GPU carries.
    package var perGPU: Int {
        switch self {
        case .whole: 1
        case .mig(let slice): slice.perGPU
        case .timeSlicing(let replicas), .mps(let replicas): replicas
        }
    }

    /// The name of the device-plugin configuration that makes it so.
    package var deviceConfiguration: String {
        switch self {
        case .whole: "whole"
        case .mig: "mig"
        case .timeSlicing(let replicas): "time-slicing-\(replicas)"
        case .mps(let replicas): "mps-\(replicas)"
        }
    }
}
