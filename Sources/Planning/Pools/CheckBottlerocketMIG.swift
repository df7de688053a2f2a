import Diagnostics
import Groundwork

/// Reports a MIG profile that Bottlerocket does not support: it silently treats an unknown one as the whole GPU.
func checkBottlerocketMIG(_ model: Placement, _ platform: PlatformSpec, _ report: inout Report) {
    let gpu = model.candidate.accelerator.gpu
    guard platform.gpu.bottlerocket != nil, case .mig(let slice) = model.nodes.layout, slice.isCalledWhole,
        Catalog.migProfile(gpu: gpu.id, profile: slice.profile)?.bottlerocketGPU == nil
    else { return }
    let known = Catalog.migProfiles(gpu: gpu.id).filter { $0.bottlerocketGPU != nil }
    let gpus = unique(Catalog.migProfiles.filter { $0.bottlerocketGPU != nil }.map(\.gpuID))
    report.error(
        "mig-profile-of-another-manager",
        "Bottlerocket's MIG manager is not known to support `\(slice.profile)` on \(gpu.id)",
        at: model.spec.gpu.share.range, label: "Bottlerocket treats an unknown profile as the whole GPU",
        notes: [.init("the AMI is set here", at: platform.gpu.ami.range)],
        help: [
            known.isEmpty
                ? "use a GPU on which it supports MIG: \(enumerated(gpus))"
                : "use a profile that it supports: \(enumerated(known.map(\.name)))",
            "or use an `al2023@…` AMI, which supports every profile",
        ])
}
