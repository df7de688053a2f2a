import Diagnostics
import Groundwork
import YAML

/// Checks that a shared GPU can be shared, seen and scheduled.
func checkSharing(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    let share = model.gpu.share
    checkStaticNodes(model, platform, &report)
    guard share.value != .whole else { return }
    if let parallel = model.gpu.tensorParallel, parallel.value > 1 {
        report.error(
            "parallel-on-a-part", "`\(model.name.value)` spans \(parallel.value) GPUs and takes a part of one",
            at: parallel.range,
            notes: [.init("the part is chosen here", at: share.range)],
            help: [
                Help(
                    "parts of GPUs cannot be joined: drop `tensorParallel`, or take whole GPUs",
                    .removing(parallel.range), .replacing(share.range, by: "whole"))
            ])
    }
    checkTurns(model, &report)
    if platform.gpu.stack.value == .autoMode {
        report.error(
            "sharing-with-auto-mode", "EKS Auto Mode hands out whole GPUs only", at: share.range,
            notes: [.init("the stack is chosen here", at: platform.gpu.stack.range)],
            help: [Help("drop `share`", .removing(share.range))])
        return
    }
    guard model.gpu.allocate.value == .devicePlugin, nodeSupply(model, platform).value == .dynamic,
        !platform.has(.nodeOverlay)
    else { return }
    report.error(
        "sharing-without-node-overlay",
        "Karpenter does not know that a GPU has parts, and launches no node for `\(model.name.value)`",
        at: share.range, label: "asks for a resource that no instance type has",
        notes: [.init("the gate is not declared here", at: platform.karpenter.range)],
        help: [
            Help(
                "turn on the gate in Karpenter's values and declare it: `featureGates: [NodeOverlay]`",
                together: platform.declaring(.nodeOverlay)),
            Help(
                "or let nodes stand ready: `gpu: {nodes: static}`, with the gate `StaticCapacity`, or `gpu: {nodes: managed}`",
                anyOf: [
                    [model.setting("gpu", "nodes", to: "static")] + platform.declaring(.staticCapacity),
                    [model.setting("gpu", "nodes", to: "managed")],
                ]),
        ])
}

/// Refuses or warns of latency promises on a GPU that others use, too.
private func checkTurns(_ model: ModelSpec, _ report: inout Report) {
    let share = model.gpu.share
    let isRealtime = model.workloadClass.value == .realtime
    let help: [Help] = ["`{mig: …}` gives a part that nobody else uses"]
    switch share.value {
    case .whole, .mig(_, nil): return
    case .timeSlicing where isRealtime:
        report.error(
            "realtime-on-a-time-slice", "`\(model.name.value)` is realtime and waits for its turn on the GPU",
            at: share.range, label: "others' requests delay its own",
            notes: [.init("its class is given here", at: model.workloadClass.range)], help: help)
    case .timeSlicing:
        guard let promise = model.sla.timeToFirstToken?.seconds ?? model.sla.timePerOutputToken?.seconds else { return }
        report.warning(
            "promise-on-a-time-slice",
            "`\(model.name.value)` promises a latency and waits for its turn on the GPU", at: share.range,
            label: "kept only while the others are no busier than the plan takes them for",
            notes: [.init("the promise is given here", at: promise.range)], help: help)
    case .mps, .mig:
        guard isRealtime else { return }
        report.warning(
            "realtime-beside-others", "`\(model.name.value)` is realtime and shares its GPU's memory bandwidth",
            at: share.range, label: "one sharer's fault ends all of them",
            notes: [.init("its class is given here", at: model.workloadClass.range)], help: help)
    }
}

/// Checks that somebody keeps the nodes of a static pool, where the spec asks for one.
private func checkStaticNodes(_ model: ModelSpec, _ platform: PlatformSpec, _ report: inout Report) {
    guard let nodes = model.gpu.nodes, nodes.value == .static, model.gpu.allocate.value == .devicePlugin,
        !platform.has(.staticCapacity)
    else { return }
    report.error(
        "static-nodes-without-gate", "`\(model.name.value)` asks for nodes that stand ready, and Karpenter keeps none",
        at: nodes.range, label: "static pools are behind a gate",
        notes: [.init("the gate is not declared here", at: platform.karpenter.range)],
        help: [
            Help(
                "turn on the gate in Karpenter's values and declare it: `featureGates: [StaticCapacity]`",
                together: platform.declaring(.staticCapacity)),
            Help("or leave out `nodes`: Karpenter starts nodes when pods come", .removing(nodes.range)),
        ])
}
