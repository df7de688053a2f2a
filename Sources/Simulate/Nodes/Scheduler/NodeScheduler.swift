/// The scheduler of Kubernetes, which binds pending pods one after another.
package struct NodeScheduler: Sendable {
    /// What became of a pod in one attempt.
    package enum Outcome: Sendable {
        case bound(node: String)
        /// The pods end that make room for it; it stays pending until then.
        case preempts(node: String, victims: [String])
        /// The reasons of the nodes, each with the number of nodes.
        case unschedulable([NodeRejection: Int])
    }

    /// An attempt to schedule a pod.
    package struct Attempt: Sendable {
        package let pod: String
        package let outcome: Outcome
    }

    /// The nodes that pods wait for since they preempted others there.
    private var nominated: [String: String] = [:]

    package init() {}

    /// Tries every pending pod once, those of the highest priority first, then in the order of their creation.
    ///
    /// It is to be called whenever a pod or a node has changed: no time passes for the attempts.
    package mutating func step(at now: VirtualTime, _ cluster: inout ClusterState) -> [Attempt] {
        let present = Set(cluster.pods.lazy.filter(\.isPending).map(\.name))
        nominated = nominated.filter { present.contains($0.key) }
        let pending = cluster.pods.filter(\.isPending).enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.spec.priority != second.spec.priority { return first.spec.priority > second.spec.priority }
            return first.created == second.created ? left.offset < right.offset : first.created < second.created
        }
        return pending.map { Attempt(pod: $0.element.name, outcome: attempt($0.element, now, &cluster)) }
    }

    private mutating func attempt(_ pod: ClusterPod, _ now: VirtualTime, _ cluster: inout ClusterState) -> Outcome {
        var reasons: [NodeRejection: Int] = [:]
        var (feasible, resolvable) = ([ClusterNode](), [ClusterNode]())
        let filter = NodeFilter(pod.spec, cluster)
        for node in cluster.nodes {
            // Room that was made for other pods of the same or a higher priority is not free.
            let reserved = reservations(on: node, for: pod, cluster)
            let rejection = reserved.map { NodeFilter(pod.spec, $0) } ?? filter
            guard let reason = rejection.rejection(node) else {
                feasible.append(node)
                continue
            }
            reasons[reason, default: 0] += 1
            if reason.isResolvable { resolvable.append(node) }
        }
        // The node for which others were preempted comes first.
        let wanted = nominated[pod.name].flatMap { name in feasible.first { $0.name == name } }
        let totals = NodeScores(pod.spec, cluster, among: feasible).totals
        let best = feasible.indices.max { totals[$0] == totals[$1] ? $0 > $1 : totals[$0] < totals[$1] }
        if let node = wanted ?? best.map({ feasible[$0] }) {
            cluster.bind(pod.name, to: node.name, at: now)
            nominated[pod.name] = nil
            return .bound(node: node.name)
        }
        guard pod.spec.preempts, !waits(pod, cluster),
            let preemption = Preemption.best(for: pod, in: cluster, among: resolvable)
        else { return .unschedulable(reasons) }
        for victim in preemption.victims { cluster.delete(victim.name, at: now) }
        nominated[pod.name] = preemption.node.name
        return .preempts(node: preemption.node.name, victims: preemption.victims.map(\.name))
    }

    /// Whether pods of lower priority already end on the node that a pod waits for.
    private func waits(_ pod: ClusterPod, _ cluster: ClusterState) -> Bool {
        guard let node = nominated[pod.name] else { return false }
        return cluster.pods(on: node).contains { $0.isDeleted && $0.spec.priority < pod.spec.priority }
    }

    /// The cluster with the pods on a node that wait for it; nil if none does.
    private func reservations(on node: ClusterNode, for pod: ClusterPod, _ cluster: ClusterState) -> ClusterState? {
        let waiting = cluster.pods.filter {
            $0.name != pod.name && nominated[$0.name] == node.name && $0.spec.priority >= pod.spec.priority
        }
        if waiting.isEmpty { return nil }
        var reserved = cluster
        for other in waiting { reserved.bind(other.name, to: node.name, at: .start) }
        return reserved
    }
}
