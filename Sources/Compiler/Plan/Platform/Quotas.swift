/// An EC2 quota that the limits of the pools need, in vCPUs.
package struct Quota: Sendable {
    /// Its name at AWS Service Quotas.
    package let name: String
    package let vcpus: Traced<Int>
}

/// Adds up the vCPUs that the pools may take at once, by quota; capacity blocks are bought outside of quotas.
package func quotas(_ pools: [PoolPlan]) -> [Quota] {
    var needs: [(name: String, parts: [Ingredient], vcpus: Int)] = []
    for pool in pools {
        guard let type = pool.types.max(by: { $0.vcpu * $1.gpuCount < $1.vcpu * $0.gpuCount }) else { continue }
        let bought = pool.reservations.filter { $0.ends != nil }.reduce(0) { $0 + $1.count.value }
        let gpus = max(0, pool.gpus.value - bought * type.gpuCount)
        let vcpus = gpus * type.vcpu / max(1, type.gpuCount)
        guard vcpus > 0 else { continue }
        let name = quotaName(type, onSpot: pool.role == .spot)
        let part = Ingredient("vCPUs of \(pool.name.value)", .integer(vcpus), pool.gpus.origin)
        if let index = needs.firstIndex(where: { $0.name == name }) {
            needs[index].parts.append(part)
            needs[index].vcpus += vcpus
        } else {
            needs.append((name, [part], vcpus))
        }
    }
    return needs.map { need in
        Quota(
            name: need.name,
            vcpus: Traced(
                need.vcpus, .derived(Derivation("Σ GPUs × vCPUs ÷ GPUs of the type with most for a GPU", need.parts))))
    }
}

/// The name of the quota that a type counts against.
private func quotaName(_ type: InstanceType, onSpot: Bool) -> String {
    if !type.family.hasPrefix("p") {
        return onSpot ? "All G and VT Spot Instance Requests" : "Running On-Demand G and VT instances"
    }
    guard onSpot else { return "Running On-Demand P instances" }
    for generation in ["p5", "p6"] where type.family.hasPrefix(generation) {
        return "All \(generation.uppercased()) Spot Instance Requests"
    }
    return "All P4, P3 and P2 Spot Instance Requests"
}
