import Diagnostics
import Groundwork

/// Reports a MIG profile that Bottlerocket would not cut: it takes what it does not know for the whole GPU, in silence.
func checkBottlerocketMIG(_ model: Placement, _ platform: PlatformSpec, _ report: inout Report) {
    let gpu = model.shape.accelerator.gpu
    guard platform.gpu.bottlerocket != nil, case .mig(let slice) = model.nodes.layout, slice.isCalledWhole,
        Catalog.migProfile(gpu: gpu.id, profile: slice.profile)?.bottlerocketGPU == nil
    else { return }
    let known = Catalog.migProfiles(gpu: gpu.id).filter { $0.bottlerocketGPU != nil }
    let gpus = unique(Catalog.migProfiles.filter { $0.bottlerocketGPU != nil }.map(\.gpuID))
    report.error(
        "mig-profile-of-another-manager",
        "Bottlerocket's MIG manager is not known to cut `\(slice.profile)` on \(gpu.id)",
        at: model.spec.gpu.share.range, label: "it takes what it does not know for the whole GPU",
        notes: [.init("the AMI is named here", at: platform.gpu.ami.range)],
        help: [
            known.isEmpty
                ? "it cuts \(enumerated(gpus)), by profiles that it knows"
                : "it knows \(enumerated(known.map(\.name)))",
            "an `al2023@…` AMI can cut every profile",
        ])
}
