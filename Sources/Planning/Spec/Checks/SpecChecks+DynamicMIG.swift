import Diagnostics
import Groundwork
import YAML

/// Refuses several replicas in a MIG instance of the device plugin, which shares whole GPUs only.
func checkSharedSlice(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard case .mig(_, _?) = model.gpu.share.value else { return }
    report.error(
        "mps-in-a-plugins-slice", "the device plugin does not share MIG instances by MPS", at: model.gpu.share.range,
        label: "`\(model.name.value)` would share one",
        notes: [.init("the device plugin is chosen here", at: model.gpu.allocate.range)],
        help: claimHelp(model, platform, "does")
            + ["`{mig: …}` of a smaller profile gives each replica an instance of its own"])
}

/// Checks that the DRA driver can make a model's MIG instances on demand, where the spec says that it does.
func checkDynamicMIG(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let dynamic = platform.gpu.dynamicMIG
    guard dynamic.value, let driver = platform.gpu.draDriver else { return }
    let cut = Help("leave out `dynamicMIG`: GPUs are then cut before the pods come", .removing(dynamic.range))
    let switched = Diagnostic.Note("the driver makes MIG instances on demand", at: dynamic.range)
    switch model.gpu.share.value {
    case .mps, .mig(_, _?):
        report.error(
            "mps-beside-dynamic-mig", "the DRA driver does not share by MPS while it makes MIG instances on demand",
            at: model.gpu.share.range, label: "its gates `MPSSupport` and `DynamicMIG` exclude each other",
            notes: [switched],
            help: [cut] + devicePluginHelp([model], platform, "", "shares whole GPUs by MPS"))
    case .whole, .timeSlicing, .mig: break
    }
    guard model.gpu.share.value.isMIG else { return }
    if !Component.kubernetes.offers(.partitionableDevices, at: platform.kubernetes.value) {
        let first = Component.kubernetes.first(.partitionableDevices)?.text ?? ""
        report.error(
            "dynamic-mig-too-early",
            "Kubernetes \(platform.kubernetes.value.text) knows no devices that are parts of others",
            at: dynamic.range, label: "off before \(first)",
            notes: [.init("the version is given here", at: platform.kubernetes.range)],
            help: ["run Kubernetes \(first) or later", cut])
    }
    if !Component.draDriver.offers(.dynamicMIG, at: driver.value) {
        let first = Component.draDriver.first(.dynamicMIG)?.text ?? ""
        report.error(
            "dynamic-mig-too-early", "the DRA driver \(driver.value.text) makes no MIG instances", at: dynamic.range,
            label: "came with \(first)", notes: [.init("the version is given here", at: driver.range)],
            help: [cut])
    }
    if platform.gpu.stack.value == .operator {
        report.error(
            "two-mig-managers",
            "the GPU Operator's MIG manager would take away the instances that the DRA driver makes",
            at: dynamic.range, notes: [.init("the stack is chosen here", at: platform.gpu.stack.range)],
            help: [
                Help(
                    "`stack: none` runs no MIG manager where none is needed",
                    platform.setting("gpu", "stack", to: "none")),
                Help("leave out `dynamicMIG`", .removing(dynamic.range)),
            ])
    }
}

/// Warns of MIG instances on demand that nobody claims.
func checkIdleDynamicMIG(_ spec: ClusterSpec, _ report: inout Report) {
    let dynamic = spec.platform.gpu.dynamicMIG
    guard dynamic.value, !spec.models.contains(where: { $0.gpu.allocate.value == .dra && $0.gpu.share.value.isMIG })
    else {
        return
    }
    report.warning(
        "idle-dynamic-mig", "no model claims a MIG instance", at: dynamic.range, label: "no effect",
        help: ["`gpu: {allocate: dra, share: {mig: …}}` claims one"])
}
