extension DeploymentController {
    /// Writes the replicas of ReplicaSets once, as one sync of the controller does; true if it wrote any.
    mutating func sync(at now: VirtualTime) -> Bool {
        guard let current = replicaSets.indices.last else { return false }
        if isScaled { return scaleReplicaSets(current) }
        guard case .rollingUpdate = spec.strategy else { return recreate(current) }
        return growCurrent(current) || shrinkOld(current, at: now)
    }

    /// Whether the replicas were changed since the ReplicaSets were last written.
    private var isScaled: Bool {
        replicaSets.contains { $0.replicas > 0 && $0.desiredReplicas != spec.replicas }
    }

    /// Follows a change of the replicas: all of it in the only ReplicaSet with pods, else in proportion.
    private mutating func scaleReplicaSets(_ current: Int) -> Bool {
        let most = spec.replicas + spec.surge
        let active = replicaSets.indices.filter { replicaSets[$0].replicas > 0 }
        defer { for index in replicaSets.indices { replicaSets[index].annotate(spec) } }
        if active.count <= 1 { return set(active.first ?? current, to: spec.replicas) }
        guard case .rollingUpdate = spec.strategy else { return false }
        let total = active.reduce(0) { $0 + replicaSets[$1].replicas }
        let change = (spec.replicas > 0 ? most : 0) - total
        // The largest first; of equal ones the newer grows, and the older shrinks.
        let sorted = active.sorted { first, second in
            let (one, other) = (replicaSets[first].replicas, replicaSets[second].replicas)
            return one == other ? (change > 0 ? first > second : first < second) : one > other
        }
        var sizes = sorted.map { replicaSets[$0].replicas }
        var added = 0
        for index in sorted.indices where change != 0 {
            let part = proportion(replicaSets[sorted[index]], change: change, added: added)
            sizes[index] += part
            added += part
        }
        if let first = sizes.first { sizes[0] = max(0, first + change - added) }
        var hasChanged = false
        for (index, size) in zip(sorted, sizes) where set(index, to: size) { hasChanged = true }
        return hasChanged
    }

    /// The part of a change that one ReplicaSet gets.
    private func proportion(_ replicaSet: ReplicaSet, change: Int, added: Int) -> Int {
        guard replicaSet.replicas > 0, change != added else { return 0 }
        let most = replicaSet.mostReplicas > 0 ? replicaSet.mostReplicas : statusReplicas
        let size = Double(replicaSet.replicas * (spec.replicas + spec.surge)) / Double(max(1, most))
        let part = spec.replicas == 0 ? -replicaSet.replicas : Int(size.rounded()) - replicaSet.replicas
        return change > 0 ? min(part, change - added) : max(part, change - added)
    }

    /// Grows the current revision as far as the surge allows.
    private mutating func growCurrent(_ current: Int) -> Bool {
        let replicas = replicaSets[current].replicas
        if replicas > spec.replicas { return set(current, to: spec.replicas) }
        let total = replicaSets.reduce(0) { $0 + $1.replicas }
        let room = spec.replicas + spec.surge - total
        return room > 0 && set(current, to: replicas + min(room, spec.replicas - replicas))
    }

    /// Shrinks older revisions as far as enough pods stay available, those first that are not available.
    private mutating func shrinkOld(_ current: Int, at now: VirtualTime) -> Bool {
        let old = replicaSets.indices.dropLast().filter { replicaSets[$0].replicas > 0 }
        guard !old.isEmpty else { return false }
        func available(_ index: Int) -> Int {
            replicaSets[index].available(at: now, after: spec.minReadySeconds * 1000)
        }
        let least = spec.replicas - spec.unavailable
        let total = replicaSets.reduce(0) { $0 + $1.replicas }
        let missing = replicaSets[current].replicas - available(current)
        var allowed = total - least - missing
        guard allowed > 0 else { return false }
        var hasChanged = false
        for index in old {
            let count = min(allowed, max(0, replicaSets[index].replicas - available(index)))
            if set(index, to: replicaSets[index].replicas - count) { hasChanged = true }
            allowed -= count
        }
        var spare = replicaSets.indices.reduce(0) { $0 + available($1) } - least
        for index in old where spare > 0 {
            let count = min(spare, replicaSets[index].replicas)
            if set(index, to: replicaSets[index].replicas - count) { hasChanged = true }
            spare -= count
        }
        return hasChanged
    }

    /// Ends all older pods before the first new one is made.
    private mutating func recreate(_ current: Int) -> Bool {
        var hasChanged = false
        for index in replicaSets.indices.dropLast() where set(index, to: 0) { hasChanged = true }
        if hasChanged { return true }
        guard replicaSets.dropLast().allSatisfy(\.pods.isEmpty) else { return false }
        return set(current, to: spec.replicas)
    }

    /// Writes the replicas of a ReplicaSet; true if they were others.
    private mutating func set(_ index: Int, to replicas: Int) -> Bool {
        guard replicaSets[index].replicas != replicas else { return false }
        replicaSets[index].replicas = replicas
        replicaSets[index].annotate(spec)
        return true
    }
}
