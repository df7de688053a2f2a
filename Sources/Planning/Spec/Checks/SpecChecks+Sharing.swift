import Diagnostics
import Groundwork
import YAML

/// Checks that a shared GPU can be shared and scheduled.
func checkSharing(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let share = model.gpu.share
    checkStaticNodes(model, platform, &report)
    guard share.value != .whole else { return }
    if let parallel = model.gpu.tensorParallel, parallel.value > 1 {
        report.error(
            "parallelism-on-gpu-share",
            "`\(model.name.value)` uses \(parallel.value) GPUs per replica but only a part of one GPU",
            at: parallel.range,
            notes: [.init("sharing is set here", at: share.range)],
            help: [
                Help(
                    "remove `tensorParallel`, or use whole GPUs: parts of GPUs cannot be combined",
                    .removing(parallel.range), .replacing(share.range, by: "whole"))
            ])
    }
    checkTimeSlicing(model, &report)
    if platform.gpu.stack.value == .autoMode {
        report.error(
            "sharing-with-auto-mode", "EKS Auto Mode allocates whole GPUs only", at: share.range,
            notes: [.init("the stack is set here", at: platform.gpu.stack.range)],
            help: [Help("remove `share`", .removing(share.range))])
        return
    }
    guard model.gpu.allocate.value == .devicePlugin, nodeSupply(model, platform).value == .dynamic,
        !platform.has(.nodeOverlay)
    else { return }
    report.error(
        "sharing-without-node-overlay",
        "Karpenter does not support shared GPUs without `NodeOverlay`, and launches no node for `\(model.name.value)`",
        at: share.range, label: "requests a resource that no instance type has",
        notes: [.init("the feature gate is not declared here", at: platform.karpenter.range)],
        help: [
            Help(
                "enable the feature gate in Karpenter's Helm values and declare it: `featureGates: [NodeOverlay]`",
                together: platform.declaring(.nodeOverlay)),
            Help(
                "or provide nodes in advance: `gpu: {nodes: static}`, with the feature gate `StaticCapacity`, or "
                    + "`gpu: {nodes: managed}`",
                anyOf: [
                    [model.setting("gpu", "nodes", to: "static")] + platform.declaring(.staticCapacity),
                    [model.setting("gpu", "nodes", to: "managed")],
                ]),
        ])
}

/// Rejects or warns of latency targets on a GPU that other replicas use too.
private func checkTimeSlicing(_ model: ModelSpec, _ report: inout Report) {
    let share = model.gpu.share
    let isRealtime = model.workloadClass.value == .realtime
    let help: [Help] = ["use `{mig: …}`, which gives each replica its own instance"]
    switch share.value {
    case .whole, .mig(_, nil): return
    case .timeSlicing where isRealtime:
        report.error(
            "realtime-on-time-slice", "`\(model.name.value)` is realtime but shares its GPU by time-slicing",
            at: share.range, label: "delayed by the requests of other replicas",
            notes: [.init("its class is set here", at: model.workloadClass.range)], help: help)
    case .timeSlicing:
        let targets = [model.sla.timeToFirstToken, model.sla.timePerOutputToken, model.sla.endToEndLatency]
        guard let target = targets.lazy.compactMap({ $0?.seconds }).first else { return }
        report.warning(
            "latency-target-on-time-slice",
            "`\(model.name.value)` has a latency target but shares its GPU by time-slicing", at: share.range,
            label: "met only while the other replicas have no more than their planned load",
            notes: [.init("the target is set here", at: target.range)], help: help)
    case .mps, .mig:
        guard isRealtime else { return }
        report.warning(
            "realtime-on-shared-gpu", "`\(model.name.value)` is realtime but shares the memory bandwidth of its GPU",
            at: share.range, label: "a fault in one replica ends all of them",
            notes: [.init("its class is set here", at: model.workloadClass.range)], help: help)
    }
}

/// Checks that Karpenter has static pools, where the spec requires one.
private func checkStaticNodes(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard let nodes = model.gpu.nodes, nodes.value == .static, model.gpu.allocate.value == .devicePlugin,
        !platform.has(.staticCapacity)
    else { return }
    report.error(
        "static-nodes-without-gate", "`\(model.name.value)` requires static nodes, but Karpenter has no static pools",
        at: nodes.range, label: "requires the feature gate `StaticCapacity`",
        notes: [.init("the feature gate is not declared here", at: platform.karpenter.range)],
        help: [
            Help(
                "enable the feature gate in Karpenter's Helm values and declare it: `featureGates: [StaticCapacity]`",
                together: platform.declaring(.staticCapacity)),
            Help("or remove `nodes`: Karpenter then launches nodes for pending pods", .removing(nodes.range)),
        ])
}
