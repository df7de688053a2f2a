/// An EC2 quota that the limits of the pools need, in vCPUs.
package struct Quota: Sendable {
    /// Its name at AWS Service Quotas.
    package let name: String
    package let vcpus: Traced<Int>
}

/// Adds up the vCPUs that the pools may take at once, by quota; capacity blocks are bought outside of quotas.
package func quotas(_ pools: [PoolPlan]) -> [Quota] {
    var needs: [(name: String, parts: [Reasoned])] = []
    for pool in pools {
        guard let type = pool.types.max(by: { $0.vcpu * $1.gpuCount < $1.vcpu * $0.gpuCount }) else { continue }
        let vcpus = vcpus(of: pool, as: type)
        guard vcpus.value > 0 else { continue }
        let name = quotaName(type, onSpot: pool.role == .spot)
        if let index = needs.firstIndex(where: { $0.name == name }) {
            needs[index].parts.append(vcpus)
        } else {
            needs.append((name, [vcpus]))
        }
    }
    return needs.map { Quota(name: $0.name, vcpus: Traced(Reasoned.sum($0.parts))) }
}

/// The vCPUs of a pool at its limit, if its nodes were of a type, without those of capacity blocks.
private func vcpus(of pool: PoolPlan, as type: InstanceType) -> Reasoned {
    var gpus = pool.gpus.named("most GPUs of \(pool.name.value)", "GPUs")
    let blocks = pool.reservations.filter { $0.ends != nil }
    if !blocks.isEmpty { gpus = .maximum(0, gpus - reservedNodes(blocks) * type.gpus) }
    let perNode = Traced(type.vcpu, .catalog(type.reference)).named("vCPUs of \(type.name)", "vCPUs")
    return (gpus * perNode / type.gpus).roundedDown.named("vCPUs of \(pool.name.value)", "vCPUs")
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
