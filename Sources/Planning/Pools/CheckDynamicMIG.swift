import Diagnostics
import Groundwork
import YAML

/// Reports a GPU whose MIG mode the DRA driver cannot switch on, and for whose instances it would wait for ever.
func checkDynamicMIG(_ model: Placement, _ platform: PlatformSpec, _ report: inout Report) {
    let gpu = model.shape.accelerator.gpu
    guard case .mig(let slice) = model.nodes.layout, slice.isOnDemand, gpu.architecture == "Ampere" else { return }
    report.error(
        "dynamic-mig-on-ampere",
        "`\(model.name)` would have instances made on \(gpu.id), whose MIG mode only a reset switches on",
        at: model.spec.gpu.share.range, label: "the DRA driver does not reset GPUs",
        notes: [.init("the driver makes MIG instances on demand", at: platform.gpu.dynamicMIG.range)],
        help: [
            Help(
                "leave out `dynamicMIG`: a MIG manager resets the GPU and cuts it before the pods come",
                .removing(platform.gpu.dynamicMIG.range)),
            "prefer H100 or a later GPU",
        ])
}
