/// Which pods a ReplicaSet deletes first: `ActivePodsWithRanks` of `pkg/controller/controller_utils.go` of Kubernetes.
struct DeletionOrder {
    let now: VirtualTime
    /// The active pods of the workload on each node.
    let podsOnNode: [String: Int]

    init(among pods: some Sequence<Pod>, at now: VirtualTime) {
        self.now = now
        podsOnNode = pods.reduce(into: [:]) { counts, pod in
            if pod.isActive, let node = pod.node { counts[node, default: 0] += 1 }
        }
    }

    /// Whether the first pod is deleted before the second.
    func isBefore(_ first: Pod, _ second: Pod) -> Bool {
        if (first.node == nil) != (second.node == nil) { return first.node == nil }
        if first.phase != second.phase { return first.phase == .pending }
        if first.isReady != second.isReady { return second.isReady }
        if first.deletionCost != second.deletionCost { return first.deletionCost < second.deletionCost }
        let (rank, other) = (rank(first), rank(second))
        if rank != other { return rank > other }
        if first.isReady, first.readyChanged != second.readyChanged {
            return isYounger(first, first.readyChanged, second, second.readyChanged)
        }
        if first.restarts != second.restarts { return first.restarts > second.restarts }
        if first.created != second.created { return isYounger(first, first.created, second, second.created) }
        return first.id < second.id
    }

    private func rank(_ pod: Pod) -> Int { pod.node.flatMap { podsOnNode[$0] } ?? 0 }

    /// Compares ages by their power of two, so that pods of about the same age are deleted in the order of their UIDs.
    private func isYounger(_ first: Pod, _ time: VirtualTime, _ second: Pod, _ other: VirtualTime) -> Bool {
        let (age, otherAge) = (power(now - time), power(now - other))
        return age == otherAge ? first.id < second.id : age < otherAge
    }

    /// The power of two of an age in nanoseconds; -1 for one that is not over zero.
    private func power(_ age: Int) -> Int {
        guard age > 0 else { return -1 }
        let nanoseconds = age * 1_000_000
        return Int.bitWidth - 1 - nanoseconds.leadingZeroBitCount
    }
}
