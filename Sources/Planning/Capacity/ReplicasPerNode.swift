import Groundwork

/// How many replicas fit on a node, by GPU, CPU, memory and disk.
func replicasPerNode<N: Arithmetic>(
    of model: ModelSpec, on node: NodeResources<N>, _ gpu: GPU, tensorParallel: N, _ disk: DiskRequest<N>
) -> N {
    let gpus = N.given("GPUs per node", Double(node.type.gpuCount), "GPUs", .catalog(node.type.reference))
    var places = (gpus / tensorParallel).roundedDown
    if let sharers: N = replicasPerGPU(model.gpu.share, gpu) { places = places * sharers }
    return .minimum(
        .minimum(
            HostRequests(tensorParallel: tensorParallel, model.serving.pod.resources).fitting(on: node),
            places.named("replicas by GPU", "replicas")),
        disk.fitting(on: node))
}

/// How many replicas share one GPU; nil if each has whole GPUs.
func replicasPerGPU<N: Arithmetic>(_ share: Traced<GPUShare>, _ gpu: GPU) -> N? {
    switch share.value {
    case .whole: return nil
    case .timeSlicing, .mps: return .given("replicas per GPU", share.map(\.sharers), "replicas")
    case .mig(let name, let sharers):
        guard let profile = Catalog.migProfile(gpu: gpu.id, profile: name) else { return nil }
        let instances = N.given(
            "MIG instances per GPU", Double(profile.mostPerGPU), "instances", .catalog(profile.reference))
        return sharers == nil
            ? instances : instances * .given("replicas per MIG instance", share.map(\.sharers), "replicas")
    }
}
