import Diagnostics

/// Warns where the host carries fewer replicas than share its GPUs: each has its part, and the parts of the others stay idle.
func checkSharers(_ model: Placement, _ report: inout Report) {
    switch model.layout {
    case .whole, .mig: return
    case .timeSlicing, .mps: break
    }
    let (type, carried) = (model.shape.type, model.shape.replicasPerNode)
    let offered = model.layout.perGPU * type.gpuCount
    guard !model.sharesClaim, carried < offered else { return }
    let roomier = Catalog.instanceTypes.filter { other in
        other.isUsable && other.gpuID == type.gpuID && other.gpuCount == type.gpuCount
            && HostRequests<Double>(tensorParallel: 1).fitting(on: other) >= Double(offered)
    }.min { $0.vcpu < $1.vcpu }
    let fewer = carried / type.gpuCount
    report.warning(
        "host-carries-fewer",
        "\(offered) replicas of `\(model.name)` could share \(type.gpuCount == 1 ? "the GPU" : "the GPUs") of a `\(type.name)`, whose CPU, memory "
            + "and disk carry \(carried)", at: model.spec.gpu.share.range, label: "the rest of the GPU stays idle",
        help: [fewer > 1 ? "share a GPU among \(fewer)" : "`share: whole`"]
            + (roomier.map { ["`instances: {prefer: [\($0.name)]}` carries all of them"] } ?? []))
}
