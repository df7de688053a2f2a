import Groundwork

/// Plans the MIG partition of a pool's nodes: the fewest nodes for all models at their maximum, all with the same partition.
///
/// If a node may be lost there are at least two, and each has an even part of every model, if instances can be placed this way.
///
/// Nil if they are not partitioned before their pods start.
func planPartition(_ pool: String, _ models: [Placement], on host: NodesSpec) -> MIGPartition? {
    guard let first = models.first, case .mig(let slice) = first.nodes.layout, !slice.isOnDemand else { return nil }
    let (gpu, type) = (first.candidate.accelerator.gpu, first.candidate.type)
    let least = models.map(\.candidate.leastNodes).max() ?? 1
    let most = models.reduce(0) { $0 + $1.maxReplicas.value }
    for isEven in least > 1 ? [true, false] : [false] {
        let search = PartitionSearch(
            models: models, gpu: gpu, type: type, nodes: host, standsEvenly: isEven, least: least)
        for nodes in least...max(least, most) {
            guard let node = search.node(of: nodes) else { continue }
            let profiles = search.needs(on: Double(nodes)).map(\.profile.name)
            let gpuGroups = gpuGroups(node, of: gpu, order: profiles)
            return MIGPartition(
                name: layoutName(pool, profiles, first), nodes: search.explained(nodes, gpuGroups),
                gpuGroups: gpuGroups,
                standsEvenly: isEven)
        }
    }
    return nil
}

/// The name of a layout: NVIDIA's own if all instances have one profile.
private func layoutName(_ pool: String, _ profiles: [String], _ model: Placement) -> Traced<String> {
    guard profiles.count == 1 else {
        return Traced("stowage-\(pool)", .convention("a custom layout for a pool of several profiles"))
    }
    return Traced(
        "all-\(Layout.word(profiles[0]))", because: "NVIDIA's name for the layout with all GPUs in this profile",
        Ingredient("share", model.spec.gpu.share))
}

/// The search for the fewest nodes for the instances of models.
private struct PartitionSearch: Sendable {
    let models: [Placement]
    let gpu: GPU
    let type: InstanceType
    let nodes: NodesSpec
    /// Whether each node has an even part of every model.
    let standsEvenly: Bool
    /// The fewest nodes on which replicas run.
    let least: Int

    /// The instances that each of this many nodes needs.
    func needs<N: Arithmetic>(on nodes: N) -> [(profile: MIGProfile, count: N)] {
        func most(_ model: Placement) -> N {
            .given("maximum replicas of \(model.name)", model.maxReplicas, "replicas")
        }
        if standsEvenly { return instanceNeeds(models, on: gpu) { (most($0) / nodes).roundedUp } }
        return instanceNeeds(models, on: gpu, replicas: most).map { ($0.profile, ($0.count / nodes).roundedUp) }
    }

    /// Replicas that fit the CPU and memory of a node.
    private func host<N: Arithmetic>() -> N {
        HostRequests<N>(tensorParallel: 1, .most(of: models.map(\.spec))).fitting(on: NodeResources(type, nodes)).named(
            "replicas by CPU and memory", "replicas")
    }

    /// The partition of each of this many nodes; nil if none was found.
    func node(of nodes: Int) -> [[MIGProfile]]? {
        let needs = needs(on: Double(nodes))
        guard needs.reduce(0, { $0 + $1.count }) <= host() else { return nil }
        return partitionNode(needs.map(MIGNeed.init), gpu: gpu, gpus: type.gpuCount)
    }

    /// The number of nodes that was found, or fewer if the same layout is enough on them.
    func explained(_ found: Int, _ gpuGroups: [MIGPartition.GPUGroup]) -> Reasoned {
        func isEnough(_ nodes: Int) -> Bool {
            conditions(on: .constant(Double(nodes), "nodes"), gpuGroups).allSatisfy(\.holds)
        }
        var nodes = found
        while nodes > 1, isEnough(nodes - 1) { nodes -= 1 }
        return .solved(
            "nodes", Double(nodes), "nodes",
            "the fewest nodes for the MIG instances of all models, all with the same partition",
            beyond: Double(nodes - 1)
        ) { [self] in conditions(on: $0, gpuGroups) }
    }

    /// What each of this many nodes needs, and what it has.
    private func conditions(on nodes: Reasoned, _ gpuGroups: [MIGPartition.GPUGroup]) -> [Condition] {
        guard nodes.value > 0 else { return [Condition(nodes, .atLeast, 1)] }
        let needs = needs(on: nodes).map { need in
            let name = need.profile.name
            return (profile: name, count: need.count.named("\(name) instances needed per node", "instances"))
        }
        return (least > 1 ? [Condition(nodes, .atLeast, Thresholds.evenNodes.reasoned)] : [])
            + needs.map { Condition($0.count, .atMost, MIGPartition.perNode($0.profile, gpuGroups)) }
            + [Condition(.sum(needs.map(\.count)), .atMost, host())]
    }
}
