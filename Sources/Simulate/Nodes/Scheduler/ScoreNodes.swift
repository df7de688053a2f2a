import Groundwork

/// The scores of the scheduler for one pod, with the weights of its default profile.
struct NodeScores {
    private let pod: PodPlacementSpec
    private let cluster: ClusterState
    private let nodes: [ClusterNode]

    init(_ pod: PodPlacementSpec, _ cluster: ClusterState, among nodes: [ClusterNode]) {
        self.pod = pod
        self.cluster = cluster
        self.nodes = nodes
    }

    /// The sum of each node's scores.
    var totals: [Int] {
        let parts = [
            (3, scaled(nodes.map { pod.tolerations.advised($0.taints) }, isReversed: true)),
            (2, scaled(nodes.map(preferredAffinity), isReversed: false)),
            (2, spread), (2, podAffinity), (1, nodes.map(leastAllocated)), (1, nodes.map(balanced)),
        ]
        return nodes.indices.map { place in parts.reduce(0) { $0 + $1.0 * $1.1[place] } }
    }

    /// Scales scores so that the greatest is 100.
    private func scaled(_ scores: [Int], isReversed: Bool) -> [Int] {
        guard let most = scores.max(), most > 0 else { return scores.map { _ in isReversed ? 100 : 0 } }
        return scores.map { isReversed ? 100 - $0 * 100 / most : $0 * 100 / most }
    }

    private func preferredAffinity(_ node: ClusterNode) -> Int {
        pod.nodePreferences.reduce(0) { $1.requirements.accepts(node.labels) ? $0 + $1.weight : $0 }
    }

    /// The requests of the pods on a node, with the scheduler's figures for those that request nothing.
    private func requested(_ node: ClusterNode, _ name: String, _ fallback: Int) -> Int {
        let specs = cluster.pods.filter { $0.node == node.name }.map(\.spec) + [pod]
        return specs.reduce(0) { $0 + ($1.requests[name] > 0 ? $1.requests[name] : fallback) }
    }

    private func leastAllocated(_ node: ClusterNode) -> Int {
        let shares = [("cpu", 100), ("memory", 200 * 1024 * 1024 * 1000)].compactMap { name, fallback -> Int? in
            let capacity = node.allocatable[name]
            guard capacity > 0 else { return nil }
            let requested = requested(node, name, fallback)
            return requested > capacity ? 0 : Int(Double(capacity - requested) * 100 / Double(capacity))
        }
        return shares.isEmpty ? 0 : shares.reduce(0, +) / shares.count
    }

    private func balanced(_ node: ClusterNode) -> Int {
        let fractions = ["cpu", "memory"].compactMap { name -> Double? in
            let capacity = node.allocatable[name]
            guard capacity > 0 else { return nil }
            return min(1, Double(requested(node, name, 0)) / Double(capacity))
        }
        guard fractions.count == 2 else { return 100 }
        return Int((1 - (fractions[0] - fractions[1]).magnitude / 2) * 100)
    }

    private var spread: [Int] {
        var constraints = pod.spreads.filter { !$0.isRequired }
        if pod.spreads.isEmpty, let workload = pod.workload {
            constraints = [
                SpreadConstraint(selector: workload, topologyKey: "kubernetes.io/hostname", maxSkew: 3),
                SpreadConstraint(selector: workload, topologyKey: "topology.kubernetes.io/zone", maxSkew: 5),
            ]
        }
        guard !constraints.isEmpty else { return nodes.map { _ in 0 } }
        let isOwn = !pod.spreads.isEmpty
        let keys = isOwn ? constraints.map(\.topologyKey) : []
        let counts = constraints.map { SpreadCounts($0, pod, cluster, keys: keys) }
        let raw = nodes.map { node -> Int? in
            if isOwn, keys.contains(where: { node.labels[$0] == nil }) { return nil }
            let sum = counts.reduce(0.0) { sum, counts in
                let key = counts.constraint.topologyKey
                guard let domain = node.labels[key] else { return sum }
                let size = Set(nodes.compactMap { $0.labels[key] }).count
                let weight = (Double(size) + 2).logarithm
                return sum + Double(counts.domains[domain] ?? 0) * weight + Double(counts.constraint.maxSkew - 1)
            }
            return Int(sum.rounded())
        }
        let known = raw.compactMap { $0 }
        guard let most = known.max(), let least = known.min() else { return nodes.map { _ in 0 } }
        return raw.map { score in score.map { most == 0 ? 100 : 100 * (most + least - $0) / most } ?? 0 }
    }

    private var podAffinity: [Int] {
        // A required term of a pod that runs counts one in favor of nodes near it.
        var domains: [String: [String: Int]] = [:]
        for other in cluster.pods {
            guard let place = other.node.flatMap(cluster.node) else { continue }
            func count(_ term: PodAffinityTerm, _ weight: Int) {
                guard weight != 0, let domain = place.labels[term.topologyKey] else { return }
                domains[term.topologyKey, default: [:]][domain, default: 0] += weight
            }
            for term in pod.affinity where term.selector.matches(other.spec) { count(term, term.weight) }
            for term in pod.antiAffinity where term.selector.matches(other.spec) { count(term, -term.weight) }
            for term in other.spec.affinity where term.selector.matches(pod) { count(term, max(1, term.weight)) }
            for term in other.spec.antiAffinity where term.selector.matches(pod) { count(term, -term.weight) }
        }
        let scores = nodes.map { node in
            domains.reduce(0) { sum, entry in
                sum + (node.labels[entry.key].flatMap { entry.value[$0] } ?? 0)
            }
        }
        guard let most = scores.max(), let least = scores.min(), most > least else { return nodes.map { _ in 0 } }
        return scores.map { Int(100 * (Double($0 - least) / Double(most - least))) }
    }
}
