import Groundwork

/// What serves models in a tree, and what requests GPUs without being recognized.
struct FoundModels {
    var models: [FoundModel] = []
    /// Workloads that request GPUs and do not run vLLM.
    var unknown: [ImportedObject] = []
}

/// Finds the workloads that run vLLM.
func findModels(_ tree: ImportedTree) -> FoundModels {
    var found = FoundModels()
    var order: [String] = []
    var groups: [String: [ImportedObject]] = [:]
    for workload in tree.all("Deployment", "StatefulSet", "LeaderWorkerSet") {
        guard workload.template?.at("spec", "containers")?.items != nil else { continue }
        guard servingContainer(workload) != nil else {
            if requestsGPU(workload) { found.unknown.append(workload) }
            continue
        }
        // A base and its surge are one model.
        let isSplit = workload.template?.at("metadata", "labels", "stowage.dev/role") != nil
        let name = isSplit ? workload.label("stowage.dev/model")?.text ?? workload.name : workload.name
        let key = "\(workload.namespace)/\(name)"
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(workload)
    }
    for key in order {
        let workloads = (groups[key] ?? []).sorted { $0.name < $1.name }
        guard let first = workloads.first, let container = servingContainer(first) else { continue }
        found.models.append(
            FoundModel(
                name: String(key.split(separator: "/").last ?? ""), workloads: workloads, container: container,
                arguments: ServerArguments(container), pools: workloads.flatMap { findPools(of: $0, in: tree) }.distinct
            ))
    }
    return found
}

/// The container that runs vLLM.
private func servingContainer(_ workload: ImportedObject) -> ManifestValue? {
    let containers = workload.template?.at("spec", "containers")?.items ?? []
    return containers.first { container in
        let image = container["image"]?.text?.split(separator: "/").last ?? ""
        let words = container.items(of: "command", "args").compactMap(\.text)
        if words.contains(where: { $0.mentions("vllm") }) { return true }
        return image.contains("vllm") && (ServerArguments(container).model != nil || requestsGPU(container))
    }
}

/// Tells whether a container of a workload requests GPUs.
private func requestsGPU(_ workload: ImportedObject) -> Bool {
    (workload.template?.at("spec", "containers")?.items ?? []).contains(where: requestsGPU)
}

/// Tells whether a container requests GPUs.
private func requestsGPU(_ container: ManifestValue) -> Bool {
    ["limits", "requests"].contains { part in
        container["resources"]?[part]?.entries?.contains {
            $0.key == "nvidia.com/gpu" || $0.key.hasPrefix("nvidia.com/mig-") || $0.key == "nvidia.com/gpu.shared"
        } ?? false
    }
}

extension [FoundPool] {
    /// Each pool once, in order.
    fileprivate var distinct: [FoundPool] {
        var seen: Set<String> = []
        return filter { seen.insert($0.name).inserted }
    }
}
