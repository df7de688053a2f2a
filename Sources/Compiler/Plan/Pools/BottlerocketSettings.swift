extension Placement {
    /// What Bottlerocket's own device plugin is told so that it shares GPUs; nil where there is nothing to tell.
    ///
    /// `settings.kubelet-device-plugins.nvidia` of the Bottlerocket settings reference.
    func bottlerocketSettings(_ platform: PlatformSpec) -> Traced<String>? {
        guard platform.gpu.bottlerocket != nil, !usesDRA else { return nil }
        let table = "[settings.kubelet-device-plugins.nvidia"
        switch layout {
        case .whole, .mig: return nil
        case .timeSlicing(let replicas):
            return spec.gpu.share.map { _ in
                "\(table)]\ndevice-sharing-strategy = \"time-slicing\"\n\n\(table).time-slicing]\nreplicas = \(replicas)\n"
                    + "rename-by-default = true\nfail-requests-greater-than-one = true\n"
            }
        case .mps(let replicas):
            return spec.gpu.share.map { _ in
                "\(table)]\ndevice-sharing-strategy = \"mps\"\n\n\(table).mps]\nreplicas = \(replicas)\n"
                    + "rename-by-default = true\n"
            }
        }
    }
}
