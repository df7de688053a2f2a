/// The controller of one Deployment with its ReplicaSets, or of one StatefulSet with its revisions: `pkg/controller/deployment` and
/// `pkg/controller/statefulset` of Kubernetes, in virtual time.
///
/// What a sync writes is seen by the next one at the same moment: the delays of watches, some milliseconds, are left out.
package struct DeploymentController: Sendable, Hashable {
    package private(set) var spec: DeploymentSpec
    /// From the oldest revision to the current one.
    package internal(set) var replicaSets: [ReplicaSet]
    var nextID = 0
    /// Whether pods have an older template than the current one, or the new ones are not all ready yet.
    var isRollingOut = false

    /// A Deployment that is created at a moment.
    package init(_ spec: DeploymentSpec, created: VirtualTime) {
        self.spec = spec
        replicaSets = [ReplicaSet(revision: 1, replicas: spec.replicas, of: spec)]
        step(at: created)
    }

    /// `spec.replicas`.
    package var replicas: Int { spec.replicas }
    /// All pods that the selector matches.
    package var pods: [Pod] { replicaSets.flatMap(\.pods) }
    /// `status.replicas`: a StatefulSet counts pods that end too.
    package var statusReplicas: Int {
        replicaSets.reduce(0) { $0 + (spec.order == .any ? $1.statusReplicas : $1.pods.count) }
    }
    /// Pods that run and are ready, those that end too.
    package var servingPods: Int { replicaSets.reduce(0) { $0 + $1.pods.count(where: \.serves) } }

    /// `status.availableReplicas`: a StatefulSet counts pods that end too.
    package func available(at now: VirtualTime) -> Int {
        let minimum = spec.minReadySeconds * 1000
        guard spec.order == .any else {
            return pods.count { $0.serves && (minimum == 0 || $0.readyChanged + minimum <= now) }
        }
        return replicaSets.reduce(0) { $0 + $1.available(at: now, after: minimum) }
    }

    /// Writes `spec.replicas`, as an autoscaler does, and follows at once.
    package mutating func scale(to replicas: Int, at now: VirtualTime) {
        spec.replicas = replicas
        step(at: now)
    }

    /// Takes another template or strategy; with a new template a rollout begins.
    package mutating func edit(_ edited: DeploymentSpec, newTemplate: Bool, at now: VirtualTime) {
        let replicas = spec.replicas
        spec = edited
        spec.replicas = replicas
        if newTemplate {
            let revision = (replicaSets.last?.revision ?? 0) + 1
            replicaSets.append(ReplicaSet(revision: revision, replicas: 0, of: spec))
            isRollingOut = spec.order != .any
        }
        step(at: now)
    }

    /// Records what happened to a pod; false if there is none with the number.
    @discardableResult
    package mutating func record(_ id: Int, _ event: PodEvent, at now: VirtualTime) -> Bool {
        for set in replicaSets.indices {
            guard let index = replicaSets[set].pods.firstIndex(where: { $0.id == id }) else { continue }
            replicaSets[set].pods[index].take(event, at: now, ending: spec.endMilliseconds)
            return true
        }
        return false
    }

    /// Follows the spec and the pods until nothing is left to do at this moment.
    package mutating func step(at now: VirtualTime) {
        if hasNothingToDo(at: now) { return }
        removeEnded(at: now)
        if case .ordinals(let isParallel, let partition) = spec.order {
            while syncOrdinals(isParallel, from: partition, at: now) { removeEnded(at: now) }
        } else {
            repeat {
                while sync(at: now) {}
            } while syncReplicaSets(at: now)
        }
        // A revision that has no pods and is not the current one takes no part any more.
        let current = replicaSets.last?.revision
        replicaSets.removeAll { $0.revision != current && $0.replicas == 0 && $0.pods.isEmpty }
    }

    /// Forgets pods whose containers have ended.
    private mutating func removeEnded(at now: VirtualTime) {
        for index in replicaSets.indices { replicaSets[index].pods.removeAll { $0.ends.map { $0 <= now } ?? false } }
    }

    /// When a pod that is ready now will have been so for long enough; nil if none has to wait.
    package func nextAvailable(after now: VirtualTime) -> VirtualTime? {
        guard spec.minReadySeconds > 0 else { return nil }
        return pods.lazy.filter { $0.isActive && $0.serves }.map { $0.readyChanged + spec.minReadySeconds * 1000 }
            .filter { $0 > now }.min()
    }

    /// Whether its only revision has the pods that are wanted, so that no sync writes anything.
    private func hasNothingToDo(at now: VirtualTime) -> Bool {
        guard replicaSets.count == 1, !isRollingOut else { return false }
        let replicas = spec.replicas
        guard replicaSets[0].replicas == replicas, replicas == 0 || replicaSets[0].desiredReplicas == replicas else {
            return false
        }
        var active = 0
        for place in replicaSets[0].pods.indices {
            if let ends = replicaSets[0].pods[place].ends, ends <= now { return false }
            if replicaSets[0].pods[place].isActive { active += 1 }
        }
        return active == replicas
    }

    /// Lets each ReplicaSet create or delete pods; true if any did.
    private mutating func syncReplicaSets(at now: VirtualTime) -> Bool {
        var hasChanged = false
        for index in replicaSets.indices {
            let siblings = replicaSets
            if replicaSets[index].sync(at: now, siblings.flatMap(\.pods), spec, nextID: &nextID) { hasChanged = true }
        }
        return hasChanged
    }
}

extension Pod {
    /// Lets something happen to it.
    fileprivate mutating func take(_ event: PodEvent, at now: VirtualTime, ending milliseconds: Int) {
        switch event {
        case .bound(let node): self.node = node
        case .runs:
            phase = .running
            started = started ?? now
        case .becomesReady: change(ready: true, at: now)
        case .losesReadiness: change(ready: false, at: now)
        case .restarts: restarts += 1
        case .fails: phase = .failed
        case .succeeds: phase = .succeeded
        case .isDeleted: delete(at: now, ending: milliseconds)
        case .isGone:
            delete(at: now, ending: 0)
            ends = min(ends ?? now, now)
        case .costs(let cost): deletionCost = cost
        }
    }

    private mutating func change(ready: Bool, at now: VirtualTime) {
        guard isReady != ready else { return }
        isReady = ready
        readyChanged = now
    }
}
