import Diagnostics
import Groundwork
import YAML

/// Warns where the host carries fewer replicas than share its GPUs: each has its part, and the parts of the others stay idle.
func checkSharers(_ model: Placement, _ report: inout Report) {
    switch model.nodes.layout {
    case .whole, .mig: return
    case .timeSlicing, .mps: break
    }
    let (type, carried) = (model.shape.type, model.shape.replicasPerNode)
    let offered = model.nodes.layout.perGPU * type.gpuCount
    guard !model.sharesClaim, carried < offered else { return }
    let roomier = Catalog.instanceTypes.filter { other in
        other.isUsable && other.gpuID == type.gpuID && other.gpuCount == type.gpuCount
            && HostRequests<Double>(tensorParallel: 1).fitting(on: other) >= Double(offered)
    }.min { $0.vcpu < $1.vcpu }
    let fewer = carried / type.gpuCount
    let key = if case .mps = model.nodes.layout { "mps" } else { "time-slicing" }
    report.warning(
        "host-carries-fewer",
        "\(offered) replicas of `\(model.name)` could share \(type.gpuCount == 1 ? "the GPU" : "the GPUs") of a `\(type.name)`, whose CPU, memory "
            + "and disk carry \(carried)", at: model.spec.gpu.share.range, label: "the rest of the GPU stays idle",
        help: [
            fewer > 1
                ? Help("share a GPU among \(fewer)", model.spec.setting("gpu", "share", key, to: "\(fewer)"))
                : Help("`share: whole`", model.spec.setting("gpu", "share", to: "whole"))
        ]
            + (roomier.map { roomier in
                [
                    Help(
                        "`instances: {prefer: [\(roomier.name)]}` has the CPU and memory for all of them",
                        model.spec.setting("instances", "prefer", to: "[\(roomier.name)]"))
                ]
            } ?? []))
}
