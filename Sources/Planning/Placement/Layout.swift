/// MIG instances of one profile.
package struct MIGSlice: Sendable, Hashable {
    package let profile: String
    package let perGPU: Int
    /// Whether the device plugin advertises them as whole GPUs, as that of Bottlerocket does.
    let isCalledWhole: Bool
    /// Pods that share one instance through MPS; 1 if it is not shared.
    package let sharers: Int
    /// Whether the DRA driver creates them when pods claim them.
    package let isOnDemand: Bool

    /// Whether their nodes can also have instances of other profiles.
    fileprivate var mixes: Bool { !isCalledWhole && !isOnDemand }
}

/// How the GPUs of a pool are shared or partitioned.
package enum Layout: Sendable, Hashable {
    case whole
    case mig(MIGSlice)
    case timeSlicing(replicas: Int)
    case mps(replicas: Int)

    /// The extended resource that a pod requests.
    package var resource: String {
        switch self {
        case .whole: "nvidia.com/gpu"
        case .mig(let slice): slice.isCalledWhole ? "nvidia.com/gpu" : "nvidia.com/mig-\(Layout.word(slice.profile))"
        case .timeSlicing, .mps: "nvidia.com/gpu.shared"
        }
    }

    /// A MIG profile as a label's value or a resource's name: neither may contain a `+`.
    package static func word(_ profile: String) -> String { String(profile.map { $0 == "+" ? "." : $0 }) }

    /// Whether nodes can have both: MIG instances of several profiles can be on one node if each has its own resource name.
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

    /// How many of that resource one GPU provides.
    package var perGPU: Int {
        switch self {
        case .whole: 1
        case .mig(let slice): slice.perGPU
        case .timeSlicing(let replicas), .mps(let replicas): replicas
        }
    }

    /// The name of its device-plugin configuration.
    package var deviceConfiguration: String {
        switch self {
        case .whole: "whole"
        case .mig: "mig"
        case .timeSlicing(let replicas): "time-slicing-\(replicas)"
        case .mps(let replicas): "mps-\(replicas)"
        }
    }
}
