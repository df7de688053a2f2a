import Diagnostics
import Groundwork
import YAML

/// Rejects several replicas in a MIG instance of the device plugin, which shares whole GPUs only.
func checkSharedSlice(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .mig(_, _?) = model.gpu.share.value else { return }
    report.error(
        "mps-in-device-plugin-mig", "the device plugin does not support MPS on MIG instances",
        at: model.gpu.share.range,
        label: "`\(model.name.value)` shares one",
        notes: [.init("the device plugin is set here", at: model.gpu.allocate.range)],
        help: claimHelp(model, platform, "to share MIG instances")
            + ["use a smaller profile with `{mig: …}`, so that each replica has its own instance"])
}

/// Checks that the DRA driver can create a model's MIG instances on demand, where the spec enables that.
func checkDynamicMIG(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let dynamic = platform.gpu.dynamicMIG
    guard dynamic.value, let driver = platform.gpu.draDriver else { return }
    let partition = Help("remove `dynamicMIG`: GPUs are then partitioned in advance", .removing(dynamic.range))
    let enabled = Diagnostic.Note("dynamic MIG is enabled here", at: dynamic.range)
    switch model.gpu.share.value {
    case .mps, .mig(_, _?):
        report.error(
            "mps-beside-dynamic-mig", "the DRA driver does not support MPS together with dynamic MIG",
            at: model.gpu.share.range, label: "its feature gates `MPSSupport` and `DynamicMIG` are mutually exclusive",
            notes: [enabled],
            help: [partition] + devicePluginHelp([model], platform, "", "to share whole GPUs with MPS"))
    case .whole, .timeSlicing, .mig: break
    }
    guard model.gpu.share.value.isMIG else { return }
    if !Component.kubernetes.offers(.partitionableDevices, at: platform.kubernetes.value) {
        let first = Component.kubernetes.first(.partitionableDevices)?.text ?? ""
        report.error(
            "dynamic-mig-too-early",
            "Kubernetes \(platform.kubernetes.value.text) does not support partitionable devices",
            at: dynamic.range, label: "disabled before \(first)",
            notes: [.init("the version is set here", at: platform.kubernetes.range)],
            help: ["use Kubernetes \(first) or later", partition])
    }
    if !Component.draDriver.offers(.dynamicMIG, at: driver.value) {
        let first = Component.draDriver.first(.dynamicMIG)?.text ?? ""
        report.error(
            "dynamic-mig-too-early", "DRA driver \(driver.value.text) does not create MIG instances", at: dynamic.range,
            label: "added in \(first)", notes: [.init("the version is set here", at: driver.range)],
            help: [partition])
    }
    if platform.gpu.stack.value == .operator {
        report.error(
            "two-mig-managers",
            "the MIG manager of the GPU Operator would remove the MIG instances that the DRA driver creates",
            at: dynamic.range, notes: [.init("the stack is set here", at: platform.gpu.stack.range)],
            help: [
                Help(
                    "set `stack: none`, which runs no MIG manager where none is needed",
                    platform.setting("gpu", "stack", to: "none")),
                Help("remove `dynamicMIG`", .removing(dynamic.range)),
            ])
    }
}

/// Warns of dynamic MIG without a model that claims MIG instances.
func checkIdleDynamicMIG(_ spec: ClusterSpec, _ report: inout Report) {
    let dynamic = spec.platform.gpu.dynamicMIG
    guard dynamic.value, !spec.models.contains(where: { $0.gpu.allocate.value == .dra && $0.gpu.share.value.isMIG })
    else {
        return
    }
    report.warning(
        "dynamic-mig-without-effect", "no model claims a MIG instance", at: dynamic.range, label: "no effect",
        help: ["set `gpu: {allocate: dra, share: {mig: …}}` on a model, or remove `dynamicMIG`"])
}
