import Groundwork

/// Settings of Bottlerocket's own device plugin for GPU sharing, or of its MIG manager.
package enum BottlerocketSettings: Sendable, Hashable {
    /// By `time-slicing` or `mps`; only the former can reject requests for several GPUs.
    case sharing(strategy: String, replicas: Int, failsRequestsAboveOne: Bool)
    /// All GPUs of a node into instances of one profile.
    case partitioning(gpu: String, profile: String)

    /// How pods share a GPU; nil if it is partitioned.
    package var strategy: String? { if case .sharing(let strategy, _, _) = self { strategy } else { nil } }
    /// How many pods share a GPU; nil if it is partitioned.
    package var replicas: Int? { if case .sharing(_, let replicas, _) = self { replicas } else { nil } }
    /// True if a pod that requests several is rejected.
    package var failsRequestsAboveOne: Bool? { if case .sharing(_, _, true) = self { true } else { nil } }
    /// The GPU and its MIG profile; nil if pods share it.
    package var partitioning: (gpu: String, profile: String)? {
        if case .partitioning(let gpu, let profile) = self { (gpu, profile) } else { nil }
    }
}

extension Traced where Value == BottlerocketSettings {
    /// The settings as TOML, for user data.
    var toml: Traced<String> {
        let table = "[settings.kubelet-device-plugins.nvidia"
        var text: ReasonedText = "\(table)]\n"
        if let strategy = compactMap(\.strategy), let replicas = compactMap(\.replicas) {
            text += "device-sharing-strategy = \"\(strategy, as: "strategy")\"\n\n\(table).\(strategy.value)]\n"
            text += "replicas = \(replicas, as: "replicas per GPU")\nrename-by-default = true\n"
            if value.failsRequestsAboveOne == true { text += "fail-requests-greater-than-one = true\n" }
        } else if let partitioning = compactMap(\.partitioning) {
            text += "device-partitioning-strategy = \"mig\"\n\n\(table).mig.profile]\n"
            text += "\"\(partitioning.value.gpu)\" = \"\(partitioning.map(\.profile), as: "profile")\"\n"
        }
        return text.because("settings of Bottlerocket's own device plugin")
    }
}

extension Placement {
    /// Bottlerocket's settings for a model's GPUs; nil if none are needed.
    ///
    /// `settings.kubelet-device-plugins.nvidia` of the Bottlerocket settings reference.
    func bottlerocketSettings(_ platform: PlatformSpec) -> Traced<BottlerocketSettings>? {
        guard platform.gpu.bottlerocket != nil, !usesDRA else { return nil }
        switch nodes.layout {
        case .whole: return nil
        case .mig(let slice):
            let profile = Catalog.migProfile(gpu: candidate.accelerator.gpu.id, profile: slice.profile)
            guard let profile, let gpu = profile.bottlerocketGPU else { return nil }
            return Traced(
                .partitioning(gpu: gpu, profile: slice.profile),
                because: "the profile, by the GPU's name in Bottlerocket's settings",
                Ingredient("share", spec.gpu.share), Ingredient("GPU", Traced(gpu, .catalog(profile.reference))))
        case .timeSlicing:
            return spec.gpu.share.map {
                .sharing(strategy: "time-slicing", replicas: $0.sharers, failsRequestsAboveOne: true)
            }
        case .mps:
            return spec.gpu.share.map { .sharing(strategy: "mps", replicas: $0.sharers, failsRequestsAboveOne: false) }
        }
    }
}
