/// What a simulation measures along the way.
struct ReplayTimeline: Sendable {
    let pools: [String]
    private(set) var samples: [ReplayResult.Sample] = []
    private(set) var dollars = 0.0
    private(set) var gpuHours = 0.0
    private(set) var scaleOuts: [Int]
    private(set) var scaleIns: [Int]
    private var arrivals: [Int]
    /// Dollars and GPUs per hour now, and since when.
    private var rate = 0.0
    private var gpus = 0.0
    private var since = VirtualTime.start
    private var given: [GivenNode]
    /// The groups with nodes in the tree, and how many nodes each has now.
    private let groups: [NodeGroupUse]
    private var groupNodes: [Int]
    /// The model for whose replicas a node of a group is there, by the node's name.
    let modelOfNode: [String: String]
    private let gpusOfType: [String: Double]

    init(_ input: ReplayInput) {
        let named = input.tree.given.map(\.pool)
        var pools = input.tree.pools.map(\.name)
        for name in named where !pools.contains(name) { pools.append(name) }
        self.pools = pools
        scaleOuts = input.tree.workloads.map { _ in 0 }
        scaleIns = scaleOuts
        arrivals = input.models.map { _ in 0 }
        given = input.tree.given
        modelOfNode = Dictionary(
            input.tree.given.compactMap { node in node.model.map { (node.node.name, $0) } }
        ) { $1 }
        let present = Set(input.tree.given.filter { $0.model != nil }.map(\.pool))
        groups = input.tree.conditions.groups.filter { present.contains($0.name) }
        groupNodes = groups.map(\.size.lowerBound)
        gpusOfType = Dictionary(
            input.tree.types.map {
                ($0.name, Double(Int($0.labels["karpenter.k8s.aws/instance-gpu-count"] ?? "") ?? 0))
            }
        ) { $1 }
        (rate, gpus) = standing
    }

    /// Whether what is paid depends on the replicas on the given nodes.
    var hasGroups: Bool { !groups.isEmpty }

    /// Dollars and GPUs per hour of the nodes that Karpenter does not launch.
    private var standing: (dollars: Double, gpus: Double) {
        let fixed = given.filter { $0.model == nil }.reduce((0, 0)) { ($0.0 + $1.price, $0.1 + $1.gpus) }
        return zip(groups, groupNodes).reduce(fixed) {
            ($0.0 + $1.0.price * Double($1.1), $0.1 + $1.0.gpus * Double($1.1))
        }
    }

    /// Takes the nodes of the groups that have nodes for the given replicas.
    mutating func use(_ replicas: [String: Int]) { groupNodes = groups.map { $0.nodes(replicas) } }

    /// Nodes that no longer exist.
    mutating func lost(_ names: [String]) { given.removeAll { names.contains($0.node.name) } }

    /// Takes the nodes that are paid from now on.
    mutating func price(_ karpenter: Karpenter, at now: VirtualTime) {
        pay(until: now)
        (rate, gpus) = standing
        for claim in karpenter.claims {
            guard let offering = claim.offering else { continue }
            rate += offering.price
            gpus += gpusOfType[offering.type] ?? 0
        }
    }

    mutating func scaled(_ place: Int, from before: Int, to after: Int, at now: VirtualTime) {
        guard now >= .start else { return }
        if after > before { scaleOuts[place] += 1 } else { scaleIns[place] += 1 }
    }

    mutating func pay(until now: VirtualTime) {
        guard now > since else { return }
        let hours = Double(now - since) / 3_600_000
        dollars += rate * hours
        gpuHours += gpus * hours
        since = now
    }

    /// Measures the models and nodes.
    mutating func sample(
        _ models: inout [ModelRun], wanted: [Int], _ cluster: ClusterState, step: Int, at now: VirtualTime
    ) {
        pay(until: now)
        var figures: [ReplayResult.Sample.Model] = []
        for place in models.indices {
            var figure = ReplayResult.Sample.Model()
            let arrived = models[place].arrivals
            figure.rate = Double(arrived - arrivals[place]) * 1000 / Double(step)
            arrivals[place] = arrived
            if samples.isEmpty { figure.rate = 0 }
            figure.running = models[place].running
            figure.waiting = models[place].waiting
            figure.ready = models[place].ready
            figure.wanted = wanted[place]
            figure.ttft = models[place].takeRecent().quantile(models[place].model.ttft?.share ?? 0.95)
            figures.append(figure)
        }
        var counts = pools.map { _ in 0 }
        for node in cluster.nodes {
            let pool = node.labels["karpenter.sh/nodepool"] ?? given.first { $0.node.name == node.name }?.pool
            if let place = pools.firstIndex(where: { $0 == pool }) { counts[place] += 1 }
        }
        for (group, nodes) in zip(groups, groupNodes) {
            if let place = pools.firstIndex(of: group.name) { counts[place] = nodes }
        }
        samples.append(ReplayResult.Sample(time: now, models: figures, nodes: counts, dollars: rate))
    }
}

extension GivenNode {
    /// Its GPUs, by the label of its type or by what pods may request.
    fileprivate var gpus: Double {
        Double(
            Int(node.labels["karpenter.k8s.aws/instance-gpu-count"] ?? "") ?? node.allocatable["nvidia.com/gpu"] / 1000)
    }
}
