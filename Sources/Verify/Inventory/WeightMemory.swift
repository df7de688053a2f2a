import Groundwork

extension Inventory.Container {
    /// The GPUs over which the weights are spread; nil if that is not known.
    var ranks: Int? {
        guard option("--data-parallel-size", "-dp", "--cpu-offload-gb", "--nnodes", "-n", "--load-format") == nil,
            !hasFlag("--enable-expert-parallel")
        else { return nil }
        let (tensors, stages) = (
            number("--tensor-parallel-size", "-tp"), number("--pipeline-parallel-size", "-pp")
        )
        guard let tensor = tensors.map({ $0.count }) ?? 1, let pipeline = stages.map({ $0.count }) ?? 1 else {
            return nil
        }
        return max(tensor * pipeline, 1)
    }

    /// The bits of a weight if vLLM quantizes the model while it loads it.
    var quantizedBits: Int? {
        switch option("--quantization", "-q")?.text {
        case "fp8": 8
        case "bitsandbytes", "awq", "gptq", "awq_marlin", "gptq_marlin": 4
        default: nil
        }
    }
}

extension Inventory {
    /// The memory of the largest GPU or partition that a workload may get; nil if it is not known.
    func memory(of request: DeviceRequest, _ workload: Workload, _ reach: Reach?) -> (mebibytes: Int, words: String)? {
        let numbers = (reach?.tolerated ?? []).filter { nodes[$0].hasGPUs != false }
        return memory(of: request, in: numbers.map { nodes[$0].gpuTypes.narrowed(to: workload.pod.nodes.terms) })
    }

    /// The same for pods of which only the selected nodes are known.
    func memory(of request: DeviceRequest, selecting terms: [[LabelRequirement]]) -> (mebibytes: Int, words: String)? {
        memory(of: request, in: nodes.filter { $0.hasGPUs != false }.map { $0.gpuTypes.narrowed(to: terms) })
    }

    private func memory(of request: DeviceRequest, in sets: [PoolTypes]) -> (mebibytes: Int, words: String)? {
        let resource = plainProfile(request.resource)
        let isKnown = !sets.isEmpty && sets.allSatisfy { $0.known != nil }
        let able = sets.flatMap(\.types).filter { resource != "nvidia.com/gpu" || $0.gpuCount >= request.count }
        if resource.hasPrefix("nvidia.com/mig-") {
            let profiles = Catalog.migProfiles.filter { $0.resource == resource }
            let own = isKnown ? profiles.filter { profile in able.contains { $0.gpuID == profile.gpuID } } : profiles
            return own.map(\.usableMiB).max().map { ($0, "a partition `\(resource.dropFirst(15))`") }
        }
        guard isKnown, resource == "nvidia.com/gpu" || resource == "nvidia.com/gpu.shared",
            let largest = able.max(by: { Catalog.gpu(of: $0).usableMiB < Catalog.gpu(of: $1).usableMiB })
        else { return nil }
        return (Catalog.gpu(of: largest).usableMiB, "a GPU of `\(largest.name)`")
    }
}
