import Groundwork

/// An EC2 quota that the limits of the pools need, in vCPUs.
package struct Quota: Sendable {
    /// Its name at AWS Service Quotas.
    package let name: String
    package let vcpus: Traced<Int>
}

/// Adds up the vCPUs that the pools may use at once, by quota; capacity blocks do not count against quotas.
package func quotas(_ pools: [PoolPlan]) -> [Quota] {
    var needs: [(name: String, parts: [Reasoned])] = []
    for pool in pools where pool.existing == nil {
        for (name, types) in typesByQuota(pool) {
            let most = Reasoned.maximum(of: types.map { vcpus(of: pool, as: $0) })
                .named("vCPUs of \(pool.name.value)", "vCPUs")
            guard most.value > 0 else { continue }
            if let index = needs.firstIndex(where: { $0.name == name }) {
                needs[index].parts.append(most)
            } else {
                needs.append((name, [most]))
            }
        }
    }
    return needs.map { Quota(name: $0.name, vcpus: Traced(Reasoned.sum($0.parts))) }
}

/// The vCPUs of a pool at its limit, if all nodes are of a type, without those of capacity blocks.
private func vcpus(of pool: PoolPlan, as type: InstanceType) -> Reasoned {
    var gpus = pool.size.gpus.named("maximum GPUs of \(pool.name.value)", "GPUs")
    let blocks = pool.hardware.reservations.filter { $0.ends != nil }
    if !blocks.isEmpty { gpus = .maximum(0, gpus - reservedNodes(blocks) * type.gpus) }
    let perNode = Traced(type.vcpu, .catalog(type.reference)).named("vCPUs of \(type.name)", "vCPUs")
    return (gpus * perNode / type.gpus).roundedDown.named("vCPUs if all nodes are \(type.name)", "vCPUs")
}

/// The types of a pool by the quota that they count against.
private func typesByQuota(_ pool: PoolPlan) -> [(name: String, types: [InstanceType])] {
    var groups: [(name: String, types: [InstanceType])] = []
    for type in pool.hardware.types {
        let name = quotaName(type, onSpot: pool.isSpot)
        if let index = groups.firstIndex(where: { $0.name == name }) {
            groups[index].types.append(type)
        } else {
            groups.append((name, [type]))
        }
    }
    return groups
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
