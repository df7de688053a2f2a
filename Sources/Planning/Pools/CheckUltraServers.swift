import Diagnostics
import Groundwork
import YAML

/// Reports a ComputeDomain on nodes without a shared NVLink fabric, or of replicas that share a node.
func checkDomain(_ model: Placement, _ report: inout Report) {
    let domain = model.spec.gpu.computeDomain
    let type = model.candidate.type
    guard domain.value else { return }
    let leaveOut = Help("remove `computeDomain`", .removing(domain.range))
    let fabrics = Catalog.instanceTypes.filter(\.isUltraServer).map { "`\($0.name)`" }.joined(separator: " or ")
    if !type.isUltraServer {
        report.error(
            "computedomain-without-nvlink",
            "`\(model.name)` has a ComputeDomain, and NVLink does not connect nodes of `\(type.name)`",
            at: domain.range,
            label: "its GPUs only reach those of their own node",
            help: ["set `instances: {prefer: […]}` to \(fabrics)", leaveOut])
    } else if model.gpusPerReplica.value < type.gpuCount, model.nodes.layout == .whole {
        report.error(
            "computedomain-on-partial-nodes",
            "`\(model.name)` uses \(model.gpusPerReplica.value) of the \(type.gpuCount) GPUs of a `\(type.name)`",
            at: model.spec.gpu.tensorParallel?.range ?? domain.range,
            label: "a second replica on the node would stay pending",
            notes: [.init("a node has one channel for the ComputeDomain set here", at: domain.range)],
            help: [
                Help(
                    "set `tensorParallel: \(type.gpuCount)`, or remove it",
                    model.spec.setting("gpu", "tensorParallel", to: "\(type.gpuCount)"),
                    .removing(model.spec.gpu.tensorParallel?.range)), leaveOut,
            ])
    }
}

/// Reports what is not supported on nodes of an UltraServer: they are arm64, and EKS allocates their GPUs only through DRA.
func checkUltraServer(_ model: Placement, _ pools: [PoolPlan], _ report: inout Report) {
    let type = model.candidate.type
    guard type.isUltraServer else { return }
    let gpu = model.spec.gpu
    let elsewhere: Help = "prefer another type"
    let preferred = model.spec.instances.prefer.first?.range ?? gpu.range
    if !model.isManaged {
        report.error(
            "ultraserver-without-group",
            "`\(model.name)` is placed on `\(type.name)`, and Karpenter has neither its capacity nor its price",
            at: gpu.nodes?.range ?? preferred, label: "no NodePool can launch such a node",
            help: [
                "set `gpu: {nodes: managed}` and list its capacity block under `reservations`: a managed node group launches it there",
                elsewhere,
            ])
    }
    if !model.usesDRA {
        report.error(
            "ultraserver-without-claims",
            "`\(model.name)` requests GPUs of `\(type.name)` from the device plugin, and EKS allocates them through DRA",
            at: gpu.allocate.range ?? preferred, label: "requires dynamic resource allocation",
            help: [Help("set `gpu: {allocate: dra}`", model.spec.setting("gpu", "allocate", to: "dra")), elsewhere])
    }
    if model.nodes.layout != .whole {
        report.error(
            "ultraserver-gpu-share",
            "`\(model.name)` uses a part of a GPU of `\(type.name)`, which Stowage only allocates whole",
            at: gpu.share.range, label: "sharing GPUs that NVLink connects across nodes is untested",
            help: [Help("set `share: whole`", .replacing(gpu.share.range, by: "whole")), elsewhere])
    }
    let pool = pools.first { $0.group != nil && $0.models.contains(model.name) }
    guard let pool, pool.group?.reservation?.ends == nil else { return }
    report.warning(
        "ultraserver-without-block",
        "`\(type.name)` is sold only in capacity blocks, and none covers the nodes of `\(pool.name.value)`",
        at: gpu.nodes?.range ?? preferred, label: "no node launches until one does",
        help: ["list it under `reservations`, with `ends`"])
}
