import Groundwork
import Planning

/// The cluster as the picture shows it: every pool with the maximum replicas of all models.
struct PicturedCluster {
    private let plan: Plan
    private let models: [Placement]
    private(set) var pools: [PicturedPool] = []
    /// The replicas of each model that no pool has room for while all models are at their maximum.
    private(set) var pending: [Int]

    init(_ plan: Plan) {
        self.plan = plan
        models = plan.models.map(\.placement)
        pending = models.map(\.maxReplicas.value)
        let running = RunningNodes(plan.pools, models)
        for pool in plan.pools {
            var nodes = pool.role == .primary ? primary(pool, running) : surge(pool, running)
            let reserved = pool.hardware.reservations.reduce(0) { $0 + $1.count.value }
            for index in nodes.indices.prefix(reserved) { nodes[index].isReserved = true }
            pools.append(pictured(pool, nodes))
        }
        pools += unusedReservations(plan.spec, plan.pools).map(idle)
    }

    var nodes: Int { pools.reduce(0) { $0 + $1.nodes.count } }
    var steadyNodes: Int { pools.reduce(0) { $0 + $1.nodes.count(where: \.isSteady) } }
    var gpus: Int { pools.reduce(0) { $0 + $1.gpus } }

    /// The nodes of a primary pool, with the replicas that run in it.
    private mutating func primary(_ pool: PoolPlan, _ running: RunningNodes) -> [PicturedNode] {
        let counts = running.nodesAtLoads(of: pool)
        let type = pool.hardware.types[0]
        var nodes = (0..<max(counts.steady, counts.peak)).map { index in
            node(pool, type, type.name, isSteady: index < counts.steady)
        }
        let here = models.indices.filter { pool.models.contains(models[$0].name) }
        let isMixed = Set(here.map { models[$0].nodes.layout }).count > 1
        for isSteady in [true, false] {
            for index in here {
                let model = models[index]
                let count = isSteady ? model.minReplicas.value : model.heldAtPeak - model.minReplicas.value
                let isEven = pool.size.standsEvenly || model.candidate.leastNodes > 1
                var loads = nodes.map { node in node.replicas.count { $0.model == index } }
                var open = Array(nodes.indices)
                // Steady nodes come first in the order of nodes.
                if isEven, isSteady { open = open.filter { nodes[$0].isSteady } }
                var left = max(0, count)
                while left > 0, let next = isEven ? open.min(by: { loads[$0] < loads[$1] }) : open.first {
                    if nodes[next].place(index, model, isSteady: isSteady, besideOthers: isMixed) {
                        loads[next] += 1
                        left -= 1
                        pending[index] -= 1
                    } else {
                        open.removeAll { $0 == next }
                    }
                }
            }
        }
        return nodes
    }

    /// The nodes of an elastic or spot pool: the surges that it is for by priority, nodes kept free, then the surges of others.
    private mutating func surge(_ pool: PoolPlan, _ running: RunningNodes) -> [PicturedNode] {
        var nodes: [PicturedNode] = []
        var left = pool.size.gpus.value
        let here = models.indices.filter { pool.models.contains(models[$0].name) }.sorted {
            (rank(models[$0]), $0) < (rank(models[$1]), $1)
        }
        func isOwner(_ index: Int) -> Bool { pool.role == .spot || models[index].usesElastic }
        for index in here where isOwner(index) { add(index, to: &nodes, of: pool, &left) }
        let kept = Int(running.keptFree(pool)?.value ?? 0)
        if let owner = here.first(where: { models[$0].spec.headroom != nil }) {
            let type = models[owner].candidate.type
            for _ in 0..<min(kept, left / type.gpuCount) {
                nodes.append(node(pool, type, type.name, isSteady: false))
                left -= type.gpuCount
            }
        }
        for index in here where !isOwner(index) { add(index, to: &nodes, of: pool, &left) }
        // Those that headroom keeps free.
        for index in nodes.indices.prefix(running.nodesAtLoads(of: pool).steady) { nodes[index].isSteady = true }
        return nodes
    }

    private mutating func add(_ index: Int, to nodes: inout [PicturedNode], of pool: PoolPlan, _ left: inout Int) {
        let model = models[index]
        let own = model.candidate.type
        let types = pool.hardware.types
        let type = pool.role == .spot ? types.first { $0.gpuCount == own.gpuCount } ?? types[0] : own
        let others = pool.role == .spot ? types.count - 1 : 0
        let words = others > 0 ? "\(type.name) or \(others) other type\(others == 1 ? "" : "s")" : type.name
        while pending[index] > 0, left >= own.gpuCount {
            var next = node(pool, own, words, isSteady: false)
            while pending[index] > 0, next.place(index, model, isSteady: false, besideOthers: false) {
                pending[index] -= 1
            }
            guard !next.replicas.isEmpty else { return }
            nodes.append(next)
            left -= own.gpuCount
        }
    }

    private func rank(_ model: Placement) -> Int {
        Priority.allCases.firstIndex(of: model.spec.priority.value) ?? 0
    }

    /// A node without replicas.
    private func node(_ pool: PoolPlan, _ type: InstanceType, _ words: String, isSteady: Bool) -> PicturedNode {
        PicturedNode(
            type: words, gpu: pool.hardware.gpu.id, isSteady: isSteady,
            gpus: (0..<type.gpuCount).map { PicturedGPU(parts: parts(of: $0, pool)) })
    }

    /// The parts of a GPU by its index on the node.
    private func parts(of index: Int, _ pool: PoolPlan) -> [PicturedPart] {
        func instance(_ profile: String) -> PicturedPart {
            let slices = Catalog.migProfile(gpu: pool.hardware.gpu.id, profile: profile)?.memorySlices
            return PicturedPart(width: slices ?? 1, profile: profile, capacity: 0)
        }
        switch pool.sharing.layout {
        case .whole: return [PicturedPart(width: 1, profile: "", capacity: 1)]
        case .timeSlicing(let replicas), .mps(let replicas):
            return [PicturedPart(width: 1, profile: "", capacity: replicas)]
        case .mig(let slice):
            guard let partition = pool.sharing.partition else {
                return Array(repeating: instance(slice.profile), count: max(1, slice.perGPU / slice.sharers))
            }
            let group = partition.gpuGroups.first { $0.gpus.contains(index) }
            return group?.instances.flatMap { Array(repeating: instance($0.profile), count: $0.count) } ?? []
        }
    }

    private func pictured(_ pool: PoolPlan, _ nodes: [PicturedNode]) -> PicturedPool {
        let reserved = pool.hardware.reservations.reduce(0) { $0 + $1.count.value }
        let usesDRA = models.contains { pool.models.contains($0.name) && $0.usesDRA }
        var badges = pool.hardware.capacityTypes.map { $0.value == "reserved" ? "\(reserved) reserved" : $0.value }
        if pool.existing != nil {
            badges.append("existing")
        } else if pool.group != nil {
            badges.append("managed node group")
        } else if pool.size.staticNodes != nil {
            badges.append("static")
        }
        switch pool.sharing.layout {
        case .whole: break
        case .mig(let slice): badges.append(slice.sharers > 1 ? "MIG with MPS" : "MIG")
        case .timeSlicing(let replicas): badges.append("time-slicing × \(replicas)")
        case .mps(let replicas): badges.append("MPS × \(replicas)")
        }
        if usesDRA { badges.append("DRA") }
        return PicturedPool(
            name: pool.name.value, badges: badges,
            peakPerMonth: plan.money.pools.first { $0.pool == pool.name.value }?.peakPerMonth.value,
            isSpot: pool.isSpot, isManaged: pool.group != nil && pool.existing == nil, usesDRA: usesDRA,
            layout: pool.sharing.layout,
            nodes: nodes)
    }

    /// A reservation that no pool uses, and that is billed all the same.
    private func idle(_ reservation: ReservationSpec) -> PicturedPool {
        let type = Catalog.instanceType(named: reservation.type.value)
        let node = PicturedNode(
            type: reservation.type.value, gpu: type?.gpuID ?? "GPU", isSteady: true, isReserved: true,
            gpus: Array(
                repeating: PicturedGPU(parts: [PicturedPart(width: 1, profile: "", capacity: 1)]),
                count: type?.gpuCount ?? 1))
        return PicturedPool(
            name: reservation.id.value, badges: ["reserved", "not used"],
            peakPerMonth: plan.money.pools.first { $0.pool == reservation.id.value }?.peakPerMonth.value,
            isSpot: false, isManaged: false, usesDRA: false, layout: .whole,
            nodes: Array(repeating: node, count: reservation.count.value))
    }
}

extension Placement {
    /// The replicas that its primary pool holds at peak load: whole nodes, if others may run on elastic ones.
    fileprivate var heldAtPeak: Int {
        let (least, perNode) = (minReplicas.value, nodes.perNode.value)
        if usesElastic { return min(maxReplicas.value, (least + perNode - 1) / perNode * perNode) }
        return usesSpot ? least : maxReplicas.value
    }
}
