/// How the GPUs of every node of a pool are cut into MIG instances.
package struct MIGPartition: Sendable {
    /// GPUs of a node that are cut alike.
    package struct Cut: Sendable {
        /// The indices of the GPUs on their node.
        package let gpus: [Int]
        package let instances: [(profile: String, count: Int)]
    }

    /// The value of the node label `nvidia.com/mig.config`.
    package let name: Traced<String>
    /// Nodes that hold every model of the pool.
    package let nodes: Traced<Int>
    package let cuts: [Cut]
    /// Whether the replicas of each model stand evenly on these nodes.
    package let standsEvenly: Bool

    /// Nodes on which there are instances enough for some number of replicas of each model.
    func nodes(for models: [Placement], _ replicas: (Placement) -> Int) -> Int {
        guard let gpu = models.first?.shape.accelerator.gpu else { return 0 }
        let perNode = Dictionary(perNode.map { ($0.profile, $0.count) }) { first, _ in first }
        return instanceNeeds(models, on: gpu, replicas: replicas).map { need in
            let onNode = max(1, perNode[need.profile.name] ?? 1)
            return (need.count + onNode - 1) / onNode
        }.max() ?? 0
    }

    /// Whether all GPUs of a node are cut alike.
    package var isUniform: Bool { cuts.count == 1 }

    /// Instances of each profile on one node.
    package var perNode: [(profile: String, count: Int)] {
        var sums: [(profile: String, count: Int)] = []
        for cut in cuts {
            for instance in cut.instances {
                let count = instance.count * cut.gpus.count
                if let index = sums.firstIndex(where: { $0.profile == instance.profile }) {
                    sums[index].count += count
                } else {
                    sums.append((instance.profile, count))
                }
            }
        }
        return sums
    }
}

/// A MIG profile, and how many instances of it the models of a pool want.
struct MIGNeed: Sendable {
    let profile: MIGProfile
    let count: Int
}

/// Cuts the GPUs of a node so that it holds a part of what is needed; nil where it cannot.
///
/// The largest instances come first, each onto the first GPU on which it can still be placed. What is left of the GPUs is cut, too,
/// into the profiles that are shortest against their need: a layout is changed only by emptying the node.
func cutNode(_ needs: [MIGNeed], gpu: GPU, gpus: Int) -> [[MIGProfile]]? {
    var node = [[MIGProfile]](repeating: [], count: gpus)
    let wanted = needs.sorted { left, right in
        (right.profile.memorySlices, right.profile.computeSlices, left.profile.name)
            < (left.profile.memorySlices, left.profile.computeSlices, right.profile.name)
    }
    for need in wanted {
        for _ in 0..<need.count {
            let place = node.firstIndex { placeInstances($0 + [need.profile], on: gpu) != nil }
            guard let place else { return nil }
            node[place].append(need.profile)
        }
    }
    for index in node.indices {
        while let next = shortest(needs, node, addingTo: index, gpu) { node[index].append(next) }
    }
    return node
}

/// The profile that can still be placed on a GPU and of which the node has least against the need.
private func shortest(_ needs: [MIGNeed], _ node: [[MIGProfile]], addingTo index: Int, _ gpu: GPU) -> MIGProfile? {
    func supply(_ need: MIGNeed) -> Double {
        let count = node.reduce(0) { $0 + $1.count { $0.name == need.profile.name } }
        return Double(count) / Double(max(1, need.count))
    }
    return needs.filter { placeInstances(node[index] + [$0.profile], on: gpu) != nil }
        .min { supply($0) < supply($1) }?.profile
}

/// Counts the instances of each profile that models want: one for each replica, or for those that share it.
private func instanceNeeds(_ models: [Placement], on gpu: GPU, replicas: (Placement) -> Int) -> [MIGNeed] {
    var wanted: [(profile: MIGProfile, sharers: Int, replicas: Int)] = []
    for model in models {
        guard case .mig(let slice) = model.layout,
            let profile = Catalog.migProfile(gpu: gpu.id, profile: slice.profile)
        else { continue }
        let count = replicas(model)
        if let index = wanted.firstIndex(where: { $0.profile.name == profile.name && $0.sharers == slice.sharers }) {
            wanted[index].replicas += count
        } else {
            wanted.append((profile, slice.sharers, count))
        }
    }
    var needs: [MIGNeed] = []
    for want in wanted {
        let count = (want.replicas + want.sharers - 1) / want.sharers
        if let index = needs.firstIndex(where: { $0.profile.name == want.profile.name }) {
            needs[index] = MIGNeed(profile: want.profile, count: needs[index].count + count)
        } else {
            needs.append(MIGNeed(profile: want.profile, count: count))
        }
    }
    return needs
}

/// Plans how the nodes of a pool are cut for its models: as few nodes as hold all of them at their maximum, all cut alike.
///
/// Where a node may be lost there are two at least, and each has the even part of every model: as far as instances can be placed so.
///
/// Nil where they are not cut ahead of their pods.
func planPartition(_ pool: String, _ models: [Placement]) -> MIGPartition? {
    guard let first = models.first, case .mig(let slice) = first.layout, !slice.isOnDemand else { return nil }
    let gpu = first.shape.accelerator.gpu
    let type = first.shape.type
    let needs = instanceNeeds(models, on: gpu) { $0.maxReplicas.value }
    let least = models.map(\.shape.leastNodes).max() ?? 1
    let replicas = sum("maximum replicas", models.map { ($0.name, $0.maxReplicas) })
    let host = HostRequests(tensorParallel: 1).fitting(on: type)
    let counts = (least...max(least, replicas.value))
    for (nodes, isEven) in (least > 1 && models.count <= host ? counts.map { ($0, true) } : [])
        + counts.map({ ($0, false) })
    {
        let part =
            isEven
            ? instanceNeeds(models, on: gpu) { ($0.maxReplicas.value + nodes - 1) / nodes }
            : needs.map { MIGNeed(profile: $0.profile, count: ($0.count + nodes - 1) / nodes) }
        guard part.reduce(0, { $0 + $1.count }) <= host, let node = cutNode(part, gpu: gpu, gpus: type.gpuCount) else {
            continue
        }
        let name =
            needs.count == 1
            ? first.spec.gpu.share.map { _ in "all-\(Layout.word(needs[0].profile.name))" }
            : Traced("stowage-\(pool)", .convention("a layout of its own for a pool of several profiles"))
        let placed = derive(
            "the fewest nodes on whose \(type.gpuCount) GPUs the instances can be placed, all nodes cut alike",
            ("maximum replicas", replicas), ("GPUs per node", Traced(type.gpuCount, .catalog(type.reference))),
            ("replicas that a host carries", Traced(host, .catalog(type.reference)))
        ) { _, _, _ in nodes }
        return MIGPartition(
            name: name, nodes: placed, cuts: cuts(node, order: needs.map(\.profile.name)), standsEvenly: isEven)
    }
    return nil
}

/// Puts GPUs that are cut alike together.
private func cuts(_ node: [[MIGProfile]], order: [String]) -> [MIGPartition.Cut] {
    var groups: [(key: [Int], gpus: [Int])] = []
    for (index, instances) in node.enumerated() {
        let key = order.map { name in instances.count { $0.name == name } }
        if let group = groups.firstIndex(where: { $0.key == key }) {
            groups[group].gpus.append(index)
        } else {
            groups.append((key, [index]))
        }
    }
    return groups.map { group in
        MIGPartition.Cut(
            gpus: group.gpus,
            instances: zip(order, group.key).filter { $0.1 > 0 }.map { (profile: $0.0, count: $0.1) })
    }
}
