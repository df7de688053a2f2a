import Diagnostics
import Groundwork
import YAML

/// Warns if the host fits fewer replicas than share its GPUs: the shares of the others stay idle.
func checkSharers(_ model: Placement, _ nodes: NodesSpec, _ report: inout Report) {
    switch model.nodes.layout {
    case .whole, .mig: return
    case .timeSlicing, .mps: break
    }
    let (type, carried) = (model.candidate.type, model.candidate.replicasPerNode)
    let offered = model.nodes.layout.perGPU * type.gpuCount
    guard !model.sharesClaim, carried < offered else { return }
    let roomier = Catalog.instanceTypes.filter { other in
        other.isUsable && other.gpuID == type.gpuID && other.gpuCount == type.gpuCount
            && HostRequests<Double>(tensorParallel: 1, model.spec.serving.pod.resources)
                .fitting(on: NodeResources(other, nodes)) >= Double(offered)
    }.min { $0.vcpu < $1.vcpu }
    let fewer = carried / type.gpuCount
    let key = if case .mps = model.nodes.layout { "mps" } else { "time-slicing" }
    report.warning(
        "host-carries-fewer",
        "\(offered) replicas of `\(model.name)` can share \(type.gpuCount == 1 ? "the GPU" : "the GPUs") of a `\(type.name)`, but its CPU, memory "
            + "and disk are enough for \(carried)", at: model.spec.gpu.share.range,
        label: "the rest of the GPU stays idle",
        help: [
            fewer > 1
                ? Help(
                    "share each GPU among \(fewer) replicas", model.spec.setting("gpu", "share", key, to: "\(fewer)"))
                : Help("set `share: whole`", model.spec.setting("gpu", "share", to: "whole"))
        ]
            + (roomier.map { roomier in
                [
                    Help(
                        "set `instances: {prefer: [\(roomier.name)]}`, which has the CPU and memory for all of them",
                        model.spec.setting("instances", "prefer", to: "[\(roomier.name)]"))
                ]
            } ?? []))
}
