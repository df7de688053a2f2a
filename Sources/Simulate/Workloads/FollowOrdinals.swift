extension DeploymentController {
    /// Creates or deletes pods once, as one sync of the StatefulSet controller does; true if it did.
    ///
    /// In order, a pod is created or deleted only when all pods before it are available, and no other one ends.
    mutating func syncOrdinals(_ isParallel: Bool, from partition: Int, at now: VirtualTime) -> Bool {
        for set in replicaSets.indices {
            replicaSets[set].replicas = set == replicaSets.count - 1 ? spec.replicas : 0
            replicaSets[set].annotate(spec)
        }
        let wanted = wantedOrdinals(at: now)
        var hasChanged = false
        for ordinal in 0..<wanted {
            guard let place = place(of: ordinal) else {
                create(ordinal, partition, at: now)
                if !isParallel { return true }
                hasChanged = true
                continue
            }
            if pod(place).hasFinished, pod(place).deleted == nil {
                delete(place, at: now)
                hasChanged = true
            }
            if !isParallel, !isAvailable(place, at: now) { return hasChanged }
        }
        let surge = places(from: spec.replicas).count { pod($0).deleted == nil }
        // The lowest of those that are not available may end before it is.
        let condemned = places(from: wanted)
        let broken = condemned.last { !isAvailable($0, at: now) }
        for place in condemned {
            if pod(place).deleted != nil {
                if isParallel { continue }
                return hasChanged
            }
            guard isParallel || isAvailable(place, at: now) || place == broken else { return hasChanged }
            delete(place, at: now)
            hasChanged = true
            if !isParallel { return true }
        }
        if replaceOld(from: partition, below: wanted, beside: min(surge, spec.surge), at: now) { hasChanged = true }
        if isRollingOut, missing(at: now) == 0 { isRollingOut = false }
        return hasChanged
    }

    private mutating func create(_ ordinal: Int, _ partition: Int, at now: VirtualTime) {
        let pod = Pod(id: nextID, ordinal: ordinal, created: now, deletionCost: spec.deletionCost)
        replicaSets[revision(of: ordinal, partition)].pods.append(pod)
        nextID += 1
    }

    /// The pods of a StatefulSet, and in a rollout the surge of a LeaderWorkerSet, which shrinks with the pods that are missing.
    private func wantedOrdinals(at now: VirtualTime) -> Int {
        guard isRollingOut, spec.surge > 0, spec.replicas > 0 else { return spec.replicas }
        let missing = missing(at: now)
        return spec.replicas + (missing > spec.surge ? spec.surge : max(0, missing - 1))
    }

    /// How many of the replicas do not have the current template, or are not available.
    private func missing(at now: VirtualTime) -> Int {
        (0..<spec.replicas).count { ordinal in
            place(of: ordinal).map { $0.set != replicaSets.count - 1 || !isAvailable($0, at: now) } ?? true
        }
    }

    /// Deletes pods with an older template from the highest ordinal on, as many as may be missing.
    private mutating func replaceOld(
        from partition: Int, below wanted: Int, beside surge: Int, at now: VirtualTime
    ) -> Bool {
        guard case .rollingUpdate = spec.strategy, replicaSets.count > 1, partition < wanted else { return false }
        let missing = (0..<wanted).count { place(of: $0).map { !isAvailable($0, at: now) } ?? true }
        var allowed = spec.unavailable + surge - missing
        var hasChanged = false
        for ordinal in (partition..<wanted).reversed() where allowed > 0 {
            guard let place = place(of: ordinal), place.set != replicaSets.count - 1, pod(place).deleted == nil else {
                continue
            }
            delete(place, at: now)
            allowed -= 1
            hasChanged = true
        }
        return hasChanged
    }

    /// The revision of a new pod: an older one below the partition, and where the rollout has not come yet.
    private func revision(of ordinal: Int, _ partition: Int) -> Int {
        guard replicaSets.count > 1 else { return 0 }
        let old = replicaSets.dropLast().reduce(0) { $0 + $1.pods.count { $0.deleted == nil } }
        let isRolling = if case .rollingUpdate = spec.strategy { true } else { false }
        return ordinal < partition || isRolling && ordinal < old ? replicaSets.count - 2 : replicaSets.count - 1
    }

    /// Where a pod is: its revision, and its index there.
    private struct Place: Equatable {
        let set: Int
        let pod: Int
    }

    private func place(of ordinal: Int) -> Place? {
        for set in replicaSets.indices {
            if let pod = replicaSets[set].pods.firstIndex(where: { $0.ordinal == ordinal }) {
                return Place(set: set, pod: pod)
            }
        }
        return nil
    }

    /// The pods from an ordinal on, the highest first.
    private func places(from first: Int) -> [Place] {
        replicaSets.indices.flatMap { set in
            replicaSets[set].pods.indices.map { Place(set: set, pod: $0) }
        }
        .filter { pod($0).ordinal >= first }.sorted { pod($0).ordinal > pod($1).ordinal }
    }

    private func pod(_ place: Place) -> Pod { replicaSets[place.set].pods[place.pod] }

    private func isAvailable(_ place: Place, at now: VirtualTime) -> Bool {
        pod(place).isAvailable(at: now, after: spec.minReadySeconds * 1000)
    }

    private mutating func delete(_ place: Place, at now: VirtualTime) {
        replicaSets[place.set].pods[place.pod].delete(at: now, ending: spec.endMilliseconds)
    }
}

extension Pod {
    /// Whether its containers have ended for good.
    fileprivate var hasFinished: Bool { phase == .failed || phase == .succeeded }
}
