import Groundwork

/// The existing workloads, as the plan needs them, in sentences.
func existingWorkloadPrerequisites(_ models: [Placement], _ spec: ClusterSpec) -> [ReasonedText] {
    models.compactMap { model in
        guard let workload = model.workload else { return nil }
        let labels = workload.labels.map { "`\($0.key.value)=\($0.value.value)`" }
        let arguments = planServing(model, spec, onSpot: model.isSpotOnly).arguments.filter { argument in
            sizingArguments.contains { argument.value.hasPrefix($0) }
        }
        let isGroup = workload.kind.value == .leaderWorkerSet
        let pods = isGroup ? "each of its replicas is one pod, its pods" : "its pods"
        let place = isGroup ? ", the first of its `\(workload.template.value.rawValue)`," : ""
        let served = "`--served-model-name=\(model.servedName)`"
        let patch =
            workload.release.map { "helm/\($0.value).post-renderer.yaml" } ?? "patches/\(model.name)/kustomization.yaml"
        return """
            \(workload.kind.value.rawValue) `\(workload.name.value)` in namespace `\(model.namespace)`, which exists already, for \(model.name): \
            \(pods) have the labels \(labels.joined(separator: ", ")), and container `\(workload.container.value)`\(place) runs vLLM with \(served), \
            \(arguments.map { "`\($0, as: "argument")`" as ReasonedText }.joined(separator: ", ")). The patch in `\(patch)` is applied to \
            its manifest: it puts the pods on the planned nodes\(model.isAutoscaled ? ", and leaves the replicas to the autoscaler" : "").
            """
    }
}

/// The arguments by which a replica has the planned capacity.
private let sizingArguments = [
    "--max-model-len=", "--max-num-seqs=", "--tensor-parallel-size=", "--gpu-memory-utilization=",
    "--max-num-batched-tokens=", "--quantization=", "--kv-cache-dtype=", "--dtype=", "--enable-expert-parallel",
]
