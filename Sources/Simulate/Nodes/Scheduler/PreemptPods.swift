/// Pods that would have to end so that another can be bound to a node.
struct Preemption {
    let node: ClusterNode
    let victims: [ClusterPod]
    /// How many of them a PodDisruptionBudget protects.
    let violations: Int

    /// Finds the node where preemption does the least damage; nil if it helps nowhere.
    static func best(for pod: ClusterPod, in cluster: ClusterState, among nodes: [ClusterNode]) -> Preemption? {
        let options = nodes.compactMap { Preemption(pod, on: $0, in: cluster) }
        return options.min { left, right in
            if left.violations != right.violations { return left.violations < right.violations }
            let (first, second) = (left.priorities, right.priorities)
            if first.max() != second.max() { return first.max() ?? .min < second.max() ?? .min }
            // As the scheduler does, so that more pods weigh more even if their priorities are negative.
            let (sum, other) = (first.reduce(0) { $0 + $1 + 1 << 31 }, second.reduce(0) { $0 + $1 + 1 << 31 })
            if sum != other { return sum < other }
            if first.count != second.count { return first.count < second.count }
            return left.latestStart > right.latestStart
        }
    }

    private init?(_ pod: ClusterPod, on node: ClusterNode, in cluster: ClusterState) {
        let lower = cluster.pods(on: node.name).filter { $0.spec.priority < pod.spec.priority }
        guard !lower.isEmpty else { return nil }
        var rest = cluster.without(Set(lower.map(\.name)))
        guard NodeFilter(pod.spec, rest).rejection(node) == nil else { return nil }
        // Those that a budget protects are spared first, then the others, the most important first.
        let protected = Preemption.protected(lower, cluster)
        let order = (lower.filter { protected.contains($0.name) }, lower.filter { !protected.contains($0.name) })
        var victims: [ClusterPod] = []
        for other in order.0.sorted(by: isMoreImportant) + order.1.sorted(by: isMoreImportant) {
            var spared = rest
            spared.add(other)
            if NodeFilter(pod.spec, spared).rejection(node) == nil { rest = spared } else { victims.append(other) }
        }
        self.node = node
        self.victims = victims
        violations = victims.count { protected.contains($0.name) }
    }

    private var priorities: [Int] { victims.map(\.spec.priority) }

    /// When the youngest of the most important victims started.
    private var latestStart: VirtualTime {
        let most = priorities.max()
        return victims.filter { $0.spec.priority == most }.compactMap(\.bound).min() ?? .start
    }

    /// The pods whose eviction a budget would not allow, if all of some pods went.
    private static func protected(_ pods: [ClusterPod], _ cluster: ClusterState) -> Set<String> {
        var allowed = cluster.limits.indices.map(cluster.disruptionsAllowed)
        var names: Set<String> = []
        for pod in pods.sorted(by: isMoreImportant) {
            for budget in pod.budgets ?? [] {
                allowed[budget] -= 1
                if allowed[budget] < 0 { names.insert(pod.name) }
            }
        }
        return names
    }
}

/// Whether a pod has a higher priority than another, or the same and started earlier.
private func isMoreImportant(_ left: ClusterPod, _ right: ClusterPod) -> Bool {
    if left.spec.priority != right.spec.priority { return left.spec.priority > right.spec.priority }
    return left.bound ?? .start < right.bound ?? .start
}
