import Diagnostics
import Groundwork
import YAML

/// Reports a ComputeDomain on nodes that no fabric joins, or of replicas that share a node.
func checkDomain(_ model: Placement, _ report: inout Report) {
    let domain = model.spec.gpu.computeDomain
    let type = model.shape.type
    guard domain.value else { return }
    let leaveOut = Help("leave out `computeDomain`", .removing(domain.range))
    let fabrics = Catalog.instanceTypes.filter(\.isUltraServer).map { "`\($0.name)`" }.joined(separator: " or ")
    if !type.isUltraServer {
        report.error(
            "domain-without-fabric",
            "`\(model.name)` is to form a ComputeDomain, and NVLink joins no nodes of `\(type.name)`", at: domain.range,
            label: "its GPUs reach those of their own node alone",
            help: ["`instances: {prefer: […]}` of \(fabrics)", leaveOut])
    } else if model.gpusPerReplica.value < type.gpuCount, model.nodes.layout == .whole {
        report.error(
            "domain-of-part-nodes",
            "`\(model.name)` takes \(model.gpusPerReplica.value) of the \(type.gpuCount) GPUs of a `\(type.name)`",
            at: model.spec.gpu.tensorParallel?.range ?? domain.range,
            label: "a second replica on the node would wait for ever",
            notes: [.init("a node has one channel for the domain that is asked for here", at: domain.range)],
            help: [
                Help(
                    "`tensorParallel: \(type.gpuCount)`, or leave it out",
                    model.spec.setting("gpu", "tensorParallel", to: "\(type.gpuCount)"),
                    .removing(model.spec.gpu.tensorParallel?.range)), leaveOut,
            ])
    }
}

/// Reports what is not emitted for nodes of an UltraServer: they are arm64, and EKS hands out their GPUs by claims alone.
func checkUltraServer(_ model: Placement, _ pools: [PoolPlan], _ report: inout Report) {
    let type = model.shape.type
    guard type.isUltraServer else { return }
    let gpu = model.spec.gpu
    let elsewhere: Help = "prefer another type"
    let preferred = model.spec.instances.prefer.first?.range ?? gpu.range
    if !model.isManaged {
        report.error(
            "ultraserver-without-group",
            "`\(model.name)` is placed on `\(type.name)`, and Karpenter knows neither its shape nor its price",
            at: gpu.nodes?.range ?? preferred, label: "no NodePool would give such a node",
            help: [
                "`gpu: {nodes: managed}`, with its capacity block under `reservations`: a managed node group launches it there",
                elsewhere,
            ])
    }
    if !model.usesDRA {
        report.error(
            "ultraserver-without-claims",
            "`\(model.name)` takes GPUs of `\(type.name)` from the device plugin, and EKS serves them by claims",
            at: gpu.allocate.range ?? preferred, label: "dynamic resource allocation is a requirement there",
            help: [Help("`gpu: {allocate: dra}`", model.spec.setting("gpu", "allocate", to: "dra")), elsewhere])
    }
    if model.nodes.layout != .whole {
        report.error(
            "part-of-an-ultraserver",
            "`\(model.name)` takes a part of a GPU of `\(type.name)`, which are handed out whole here",
            at: gpu.share.range, label: "nobody is known to have divided GPUs that NVLink joins across nodes",
            help: [Help("`share: whole`", .replacing(gpu.share.range, by: "whole")), elsewhere])
    }
    let pool = pools.first { $0.group != nil && $0.models.contains(model.name) }
    guard let pool, pool.group?.reservation?.ends == nil else { return }
    report.warning(
        "ultraserver-without-block",
        "`\(type.name)` is sold in capacity blocks alone, and none holds the nodes of `\(pool.name.value)`",
        at: gpu.nodes?.range ?? preferred, label: "nothing is launched until one does",
        help: ["give it under `reservations`, with `ends`"])
}
