import Groundwork

/// How the GPUs of every node of a pool are partitioned into MIG instances.
package struct MIGPartition: Sendable {
    /// GPUs of a node with the same partition.
    package struct GPUGroup: Sendable {
        /// The indices of the GPUs on their node.
        package let gpus: [Int]
        package let instances: [(profile: String, count: Int)]
        fileprivate let gpu: GPU

        /// The instances of a profile on each of its GPUs; nil if there are none.
        package func count(of profile: String) -> Reasoned? {
            guard let instance = instances.first(where: { $0.profile == profile }) else { return nil }
            let place =
                gpus.count == 1 ? "GPU \(gpus[0])" : "each of GPUs \(gpus.map(String.init).joined(separator: ", "))"
            return .chosen(
                "\(profile) instances on \(place)", Double(instance.count), "instances",
                "from a MIG layout that fits the GPU"
            ) { fits }
        }

        /// The conditions under which the instances fit the slices of a GPU.
        private var fits: [Condition] {
            func condition(_ kind: String, _ slices: (MIGProfile) -> Int, _ all: Int) -> Condition {
                let taken =
                    instances.compactMap { instance in
                        Catalog.migProfile(gpu: gpu.id, profile: instance.profile).map { profile in
                            .constant(Double(instance.count), "instances")
                                * Traced(slices(profile), .catalog(profile.reference))
                                .named("\(kind) slices of \(instance.profile)", "slices")
                        }
                    } as [Reasoned]
                return Condition(
                    .sum(taken), .atMost,
                    Traced(all, .catalog(gpu.reference)).named("\(kind) slices of the GPU", "slices"))
            }
            return [
                condition("memory", \.memorySlices, gpu.memorySlices),
                condition("compute", \.computeSlices, gpu.computeSlices),
            ]
        }
    }

    /// The value of the node label `nvidia.com/mig.config`.
    package let name: Traced<String>
    /// Nodes for all models of the pool.
    let nodes: Reasoned
    package let gpuGroups: [GPUGroup]
    /// Whether the replicas of each model are spread evenly over these nodes.
    package let standsEvenly: Bool

    /// Nodes with enough instances for given numbers of replicas.
    func nodes(for models: [Placement], _ replicas: (Placement) -> Reasoned) -> Reasoned {
        guard let gpu = models.first?.candidate.accelerator.gpu else { return 0 }
        return .maximum(
            of: instanceNeeds(models, on: gpu, replicas: replicas).map {
                ($0.count / perNode($0.profile.name)).roundedUp
            })
    }

    /// Whether all GPUs of a node have the same partition.
    package var isUniform: Bool { gpuGroups.count == 1 }

    /// The profiles of its instances, each once.
    var profiles: [String] {
        var seen: Set<String> = []
        return gpuGroups.flatMap { $0.instances.map(\.profile) }.filter { seen.insert($0).inserted }
    }

    /// Instances of a profile on one node.
    func perNode(_ profile: String) -> Reasoned { Self.perNode(profile, gpuGroups) }

    /// Instances of a profile on one node with these partitions.
    static func perNode(_ profile: String, _ gpuGroups: [GPUGroup]) -> Reasoned {
        let parts = gpuGroups.compactMap { cut in
            cut.count(of: profile).map {
                cut.gpus.count == 1 ? $0 : $0 * .constant(Double(cut.gpus.count), "GPUs")
            }
        }
        return .sum(parts).named("\(profile) instances per node", "instances")
    }
}

/// A MIG profile, and how many instances of it the models of a pool need.
struct MIGNeed: Sendable {
    let profile: MIGProfile
    let count: Int

    /// A need in whole instances.
    init(profile: MIGProfile, count: Int) {
        self.profile = profile
        self.count = count
    }

    /// A need that was computed.
    init(_ need: (profile: MIGProfile, count: Double)) {
        self.init(profile: need.profile, count: Int(need.count))
    }
}

/// Partitions the GPUs of a node for its part of the needed instances; nil if that is not possible.
///
/// The largest instances come first, each on the first GPU on which it still fits. The rest of the GPUs is partitioned as well,
/// into the profiles with the least supply for their need: changing a layout requires draining the node.
func partitionNode(_ needs: [MIGNeed], gpu: GPU, gpus: Int) -> [[MIGProfile]]? {
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

/// The profile that still fits a GPU and of which the node has the least supply for the need.
private func shortest(_ needs: [MIGNeed], _ node: [[MIGProfile]], addingTo index: Int, _ gpu: GPU) -> MIGProfile? {
    func supply(_ need: MIGNeed) -> Double {
        let count = node.reduce(0) { $0 + $1.count { $0.name == need.profile.name } }
        return Double(count) / Double(max(1, need.count))
    }
    return needs.filter { placeInstances(node[index] + [$0.profile], on: gpu) != nil }
        .min { supply($0) < supply($1) }?.profile
}

/// Counts the instances of each profile that models need: one for each replica, or for those that share it.
func instanceNeeds<N: Arithmetic>(
    _ models: [Placement], on gpu: GPU, replicas: (Placement) -> N
) -> [(profile: MIGProfile, count: N)] {
    var wanted: [(profile: MIGProfile, sharers: N?, slice: MIGSlice, replicas: N)] = []
    for model in models {
        guard case .mig(let slice) = model.nodes.layout,
            let profile = Catalog.migProfile(gpu: gpu.id, profile: slice.profile)
        else { continue }
        let count = replicas(model)
        if let index = wanted.firstIndex(where: { $0.slice == slice }) {
            wanted[index].replicas = wanted[index].replicas + count
        } else {
            let sharers = model.spec.gpu.share.map(\.sharers)
            let divisor = slice.sharers > 1 ? N.given("replicas per MIG instance", sharers, "replicas") : nil
            wanted.append((profile, divisor, slice, count))
        }
    }
    var needs: [(profile: MIGProfile, count: N)] = []
    for want in wanted {
        let count = want.sharers.map { (want.replicas / $0).roundedUp } ?? want.replicas
        if let index = needs.firstIndex(where: { $0.profile.name == want.profile.name }) {
            needs[index].count = needs[index].count + count
        } else {
            needs.append((want.profile, count))
        }
    }
    return needs
}

/// Groups GPUs with the same partition.
func gpuGroups(_ node: [[MIGProfile]], of gpu: GPU, order: [String]) -> [MIGPartition.GPUGroup] {
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
        MIGPartition.GPUGroup(
            gpus: group.gpus,
            instances: zip(order, group.key).filter { $0.1 > 0 }.map { (profile: $0.0, count: $0.1) }, gpu: gpu)
    }
}
