import Groundwork
import Planning

/// How the GPUs of each pool are shared, in sentences: MIG instances, time-slicing, MPS, claims.
func dividedGPUs(_ plan: Plan) -> [ReasonedText] {
    plan.pools.compactMap { pool in
        guard let owner = plan.models.first(where: { pool.models.contains($0.name) })?.placement else { return nil }
        if let partition = pool.sharing.partition { return partitioned(pool, partition, owner) }
        let models = pool.models.joined(separator: ", ")
        let name = pool.name.value
        func sharers(_ count: Int) -> ReasonedText {
            "\(Traced(count, owner.spec.gpu.share.origin), as: "pods that share a GPU of \(name)")"
        }
        switch pool.sharing.layout {
        case .whole: return nil
        case .mig(let slice):
            let most = Catalog.migProfile(gpu: pool.hardware.gpu.id, profile: slice.profile).map {
                profile -> ReasonedText in
                let count = Traced(slice.perGPU, .catalog(profile.reference))
                return ", up to \(count, as: "instances of \(slice.profile) on a GPU") on a GPU"
            }
            return """
                `\(name)` creates MIG instances of \(slice.profile) on the GPUs of each `\(pool.hardware.types.first?.name ?? "")` when pods of \
                \(models) claim them\(most ?? ""), and deletes them with the pods.
                """
        case .timeSlicing(let replicas):
            return """
                `\(name)` time-slices each GPU among \(sharers(replicas)) pods, for \(models): only `--gpu-memory-utilization` limits \
                their memory, and a pod that crashes the driver stops all of them.
                """
        case .mps(let replicas):
            return """
                `\(name)` runs \(sharers(replicas)) pods on each GPU with MPS, for \(models): each has a share of memory and \
                threads, and a pod that faults stops all of them.
                """
        }
    }
}

/// How the GPUs of a pool are partitioned into MIG instances.
private func partitioned(_ pool: PoolPlan, _ partition: MIGPartition, _ owner: Placement) -> ReasonedText {
    let gpuGroups = partition.gpuGroups.map { group in
        let gpus = partition.isUniform ? "each GPU" : "GPU\(group.gpus.count == 1 ? "" : "s") \(spans(group.gpus))"
        return gpus + " into " + group.instances.map { "\($0.count) × \($0.profile)" }.joined(separator: " + ")
    }.joined(separator: ", ")
    let layout = Traced(
        gpuGroups, because: "the instances that the models need, the largest first, and then what fits into the rest",
        Ingredient("layout", partition.name))
    let means = pool.sharing.settings == nil ? "the MIG layout `\(partition.name.value)`" : "Bottlerocket's settings"
    let text: ReasonedText = """
        `\(pool.name.value)` partitions every `\(pool.hardware.types.first?.name ?? "")` for \(pool.models.joined(separator: ", ")) with \(means): \
        \(layout, as: "instances").
        """
    guard case .mig(let slice) = pool.sharing.layout, slice.sharers > 1 else { return text }
    let sharers = Traced(slice.sharers, owner.spec.gpu.share.origin)
    return
        "\(text) By MPS, \(sharers, as: "pods in an instance") pods share the instance that they claim: a pod that faults stops all of them."
}

/// Indices as ranges: `0–3 and 6`.
private func spans(_ indices: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for index in indices {
        if let last = runs.last, last.upperBound == index - 1 {
            runs[runs.count - 1] = last.lowerBound...index
        } else {
            runs.append(index...index)
        }
    }
    return listed(runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" })
}
