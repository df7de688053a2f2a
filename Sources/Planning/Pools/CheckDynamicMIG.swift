import Diagnostics
import Groundwork
import YAML

/// Reports a GPU on which the DRA driver cannot enable MIG mode, so that claims of its instances stay pending.
func checkDynamicMIG(_ model: Placement, _ platform: PlatformSpec, _ report: inout Report) {
    let gpu = model.candidate.accelerator.gpu
    guard case .mig(let slice) = model.nodes.layout, slice.isOnDemand, gpu.architecture == "Ampere" else { return }
    report.error(
        "dynamic-mig-on-ampere",
        "`\(model.name)` needs MIG instances on demand on \(gpu.id), whose MIG mode requires a GPU reset",
        at: model.spec.gpu.share.range, label: "the DRA driver does not reset GPUs",
        notes: [.init("dynamic MIG is turned on here", at: platform.gpu.dynamicMIG.range)],
        help: [
            Help(
                "remove `dynamicMIG`: a MIG manager then resets and partitions the GPU before the pods start",
                .removing(platform.gpu.dynamicMIG.range)),
            "prefer H100 or a later GPU",
        ])
}
