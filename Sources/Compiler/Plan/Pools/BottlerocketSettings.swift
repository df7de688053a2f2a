/// What Bottlerocket's own device plugin is told so that it shares GPUs, or its MIG manager so that it cuts them.
package enum BottlerocketSettings: Sendable, Hashable {
    /// By `time-slicing` or `mps`; only the first has a switch against asking for several.
    case sharing(strategy: String, replicas: Int, refusesSeveral: Bool)
    /// All GPUs of a node into instances of one profile.
    case cutting(gpu: String, profile: String)

    /// The settings as TOML, as user data has them.
    var toml: String {
        let table = "[settings.kubelet-device-plugins.nvidia"
        switch self {
        case .sharing(let strategy, let replicas, let refusesSeveral):
            return
                "\(table)]\ndevice-sharing-strategy = \"\(strategy)\"\n\n\(table).\(strategy)]\nreplicas = \(replicas)\n"
                + "rename-by-default = true\n" + (refusesSeveral ? "fail-requests-greater-than-one = true\n" : "")
        case .cutting(let gpu, let profile):
            return
                "\(table)]\ndevice-partitioning-strategy = \"mig\"\n\n\(table).mig.profile]\n\"\(gpu)\" = \"\(profile)\"\n"
        }
    }
}

extension Placement {
    /// What Bottlerocket is told of a model's GPUs; nil where there is nothing to tell.
    ///
    /// `settings.kubelet-device-plugins.nvidia` of the Bottlerocket settings reference.
    func bottlerocketSettings(_ platform: PlatformSpec) -> Traced<BottlerocketSettings>? {
        guard platform.gpu.bottlerocket != nil, !usesDRA else { return nil }
        switch layout {
        case .whole: return nil
        case .mig(let slice):
            let profile = Catalog.migProfile(gpu: shape.accelerator.gpu.id, profile: slice.profile)
            guard let profile, let gpu = profile.bottlerocketGPU else { return nil }
            return derive(
                "the profile by the GPU's name in Bottlerocket's settings", ("share", spec.gpu.share),
                ("GPU", Traced(gpu, .catalog(profile.reference)))
            ) { .cutting(gpu: $1, profile: slice.profile) }
        case .timeSlicing(let replicas):
            return spec.gpu.share.map { _ in
                .sharing(strategy: "time-slicing", replicas: replicas, refusesSeveral: true)
            }
        case .mps(let replicas):
            return spec.gpu.share.map { _ in .sharing(strategy: "mps", replicas: replicas, refusesSeveral: false) }
        }
    }
}
