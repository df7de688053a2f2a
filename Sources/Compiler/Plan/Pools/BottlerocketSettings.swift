/// What Bottlerocket's own device plugin is told so that it shares GPUs.
package struct BottlerocketSettings: Sendable, Hashable {
    /// `time-slicing` or `mps`.
    let strategy: String
    let replicas: Int
    let renames: Bool
    /// Only time-slicing has this switch.
    let refusesSeveral: Bool

    /// The settings as TOML, as user data has them.
    var toml: String {
        let table = "[settings.kubelet-device-plugins.nvidia"
        return "\(table)]\ndevice-sharing-strategy = \"\(strategy)\"\n\n\(table).\(strategy)]\nreplicas = \(replicas)\n"
            + "rename-by-default = \(renames)\n" + (refusesSeveral ? "fail-requests-greater-than-one = true\n" : "")
    }
}

extension Placement {
    /// What Bottlerocket's own device plugin is told so that it shares GPUs; nil where there is nothing to tell.
    ///
    /// `settings.kubelet-device-plugins.nvidia` of the Bottlerocket settings reference.
    func bottlerocketSettings(_ platform: PlatformSpec) -> Traced<BottlerocketSettings>? {
        guard platform.gpu.bottlerocket != nil, !usesDRA else { return nil }
        switch layout {
        case .whole, .mig: return nil
        case .timeSlicing(let replicas):
            return spec.gpu.share.map { _ in
                BottlerocketSettings(strategy: "time-slicing", replicas: replicas, renames: true, refusesSeveral: true)
            }
        case .mps(let replicas):
            return spec.gpu.share.map { _ in
                BottlerocketSettings(strategy: "mps", replicas: replicas, renames: true, refusesSeveral: false)
            }
        }
    }
}
