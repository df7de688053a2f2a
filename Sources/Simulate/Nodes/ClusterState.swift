/// A node of a simulated cluster.
package struct ClusterNode: Sendable {
    package let name: String
    package var labels: [String: String]
    package var taints: [NodeTaint]
    /// What pods may request, also of a node that is not ready.
    package var allocatable: ResourceAmounts
    /// Whether its kubelet is ready and its devices are registered.
    package var isReady: Bool

    package init(
        _ name: String, labels: [String: String] = [:], taints: [NodeTaint] = [], allocatable: ResourceAmounts,
        isReady: Bool = true
    ) {
        self.name = name
        self.labels = labels.merging(["kubernetes.io/hostname": name]) { own, _ in own }
        self.taints = taints
        self.allocatable = allocatable
        self.isReady = isReady
    }
}

/// A pod of a simulated cluster.
package struct ClusterPod: Sendable {
    package let name: String
    package let spec: PodPlacementSpec
    package let created: VirtualTime
    package var node: String?
    /// When it was bound.
    package var bound: VirtualTime?
    /// When a deleted pod ends.
    package var ends: VirtualTime?
    /// The PodDisruptionBudgets that select it, by their place; nil before the cluster knows it.
    fileprivate(set) var budgets: [Int]?

    package init(_ name: String, _ spec: PodPlacementSpec, created: VirtualTime) {
        self.name = name
        self.spec = spec
        self.created = created
    }

    package var isPending: Bool { node == nil && ends == nil }
    package var isDeleted: Bool { ends != nil }
}

/// A PodDisruptionBudget.
package struct DisruptionLimit: Sendable {
    enum Bound: Sendable { case available(Int), availableShare(Int), unavailable(Int), unavailableShare(Int) }

    let selector: PodSelector
    let bound: Bound
}

/// The nodes and pods of a simulated cluster.
package struct ClusterState: Sendable {
    /// In the order of their creation.
    package fileprivate(set) var nodes: [ClusterNode] = [] { didSet { version &+= 1 } }
    package fileprivate(set) var pods: [ClusterPod] = [] { didSet { version &+= 1 } }
    /// Goes up with each change of nodes and pods: a decision that rests on them alone is the same until then.
    private(set) var version = 0
    package var limits: [DisruptionLimit] = [] {
        didSet { for place in pods.indices { pods[place].budgets = budgets(of: pods[place].spec) } }
    }
    /// Domains that count although no node is in them, by topology key: nodes there could be created.
    var possibleDomains: [String: Set<String>] = [:]
    /// Until when pods that a scheduling decision counts on keep a node from being disrupted.
    var nominations: [String: VirtualTime] = [:]
    /// When pods were bound to a node, or left it, last.
    private(set) var podEvents: [String: VirtualTime] = [:]

    package init() {}

    package mutating func add(_ node: ClusterNode) { nodes.append(node) }
    package mutating func add(_ pod: ClusterPod) {
        pods.append(pod)
        if pod.budgets == nil { pods[pods.count - 1].budgets = budgets(of: pod.spec) }
    }

    /// The budgets that select a pod, by their place.
    private func budgets(of spec: PodPlacementSpec) -> [Int] {
        limits.indices.filter { limits[$0].selector.matches(spec) }
    }

    /// Removes a node with the pods on it.
    package mutating func remove(node name: String) {
        nodes.removeAll { $0.name == name }
        pods.removeAll { $0.node == name }
        nominations[name] = nil
        podEvents[name] = nil
    }

    // By index where much is asked: an element that is taken out is copied with all that it holds.

    package func node(_ name: String) -> ClusterNode? { nodePlace(name).map { nodes[$0] } }
    package func pod(_ name: String) -> ClusterPod? { podPlace(name).map { pods[$0] } }
    func nodePlace(_ name: String) -> Int? { nodes.indices.first { nodes[$0].name == name } }
    func podPlace(_ name: String) -> Int? { pods.indices.first { pods[$0].name == name } }
    /// The pods on a node, also those that end.
    package func pods(on node: String) -> [ClusterPod] { places(on: node).map { pods[$0] } }
    /// The places of the pods on a node.
    func places(on node: String) -> [Int] { pods.indices.filter { pods[$0].node == node } }

    /// Whether a pod would have to run elsewhere if its node went.
    func isMovable(_ place: Int) -> Bool { !pods[place].spec.isDaemon && !pods[place].isDeleted }

    var hasPending: Bool { pods.indices.contains { pods[$0].isPending } }
    /// When the next of the deleted pods ends.
    var nextEnd: VirtualTime? {
        var next: VirtualTime?
        for place in pods.indices { if let end = pods[place].ends, end < next ?? .never { next = end } }
        return next
    }

    package mutating func change(node name: String, _ change: (inout ClusterNode) -> Void) {
        if let place = nodes.firstIndex(where: { $0.name == name }) { change(&nodes[place]) }
    }

    /// Binds a pod to a node.
    package mutating func bind(_ name: String, to node: String, at now: VirtualTime) {
        guard let place = pods.firstIndex(where: { $0.name == name }) else { return }
        pods[place].node = node
        pods[place].bound = now
        note(pods[place], now)
    }

    /// Deletes a pod: one that runs ends after its grace period, or sooner.
    package mutating func delete(_ name: String, at now: VirtualTime, grace: Int? = nil) {
        guard let place = pods.firstIndex(where: { $0.name == name }), pods[place].ends == nil || grace != nil else {
            return
        }
        guard pods[place].node != nil else {
            pods.remove(at: place)
            return
        }
        let end = now + min(grace ?? .max, pods[place].spec.grace)
        note(pods[place], now)
        pods[place].ends = min(pods[place].ends ?? end, end)
    }

    /// Removes the deleted pods whose end has come; returns them.
    package mutating func removeEnded(at now: VirtualTime) -> [ClusterPod] {
        let ended = pods.filter { pod in pod.ends.map { $0 <= now } ?? false }
        if !ended.isEmpty { pods.removeAll { pod in pod.ends.map { $0 <= now } ?? false } }
        return ended
    }

    /// What is left of a node's resources.
    package func free(on node: ClusterNode) -> ResourceAmounts {
        pods.reduce(node.allocatable) { $1.node == node.name ? $0 - $1.spec.requests : $0 }
    }

    /// How many more of the pods that a budget selects may be evicted.
    func disruptionsAllowed(_ budget: Int) -> Int {
        var (healthy, expected) = (0, 0)
        for place in pods.indices where !pods[place].isDeleted && pods[place].budgets?.contains(budget) ?? false {
            expected += 1
            if pods[place].node != nil { healthy += 1 }
        }
        // Shares are rounded up, of both kinds.
        let needed =
            switch limits[budget].bound {
            case .available(let count): count
            case .availableShare(let share): (expected * share + 99) / 100
            case .unavailable(let count): expected - count
            case .unavailableShare(let share): expected - (expected * share + 99) / 100
            }
        return max(0, healthy - max(0, needed))
    }

    /// Whether a budget keeps the pod at a place from being evicted.
    func blocksEviction(of place: Int) -> Bool {
        pods[place].budgets?.contains { disruptionsAllowed($0) == 0 } ?? false
    }

    /// Notes that a pod came or left; an event within ten seconds of the one before is not noted, as in Karpenter.
    private mutating func note(_ pod: ClusterPod, _ now: VirtualTime) {
        guard let node = pod.node, !pod.spec.isDaemon else { return }
        if let last = podEvents[node], now - last < 10_000 { return }
        podEvents[node] = now
    }
}

extension ClusterState {
    /// The cluster without some pods.
    func without(_ names: Set<String>) -> ClusterState {
        var rest = self
        rest.pods.removeAll { names.contains($0.name) }
        return rest
    }
}

extension ClusterState {
    /// The cluster without some nodes and the pods on them.
    func without(nodes names: Set<String>) -> ClusterState {
        var rest = self
        rest.nodes.removeAll { names.contains($0.name) }
        rest.pods.removeAll { pod in pod.node.map(names.contains) ?? false }
        return rest
    }
}
