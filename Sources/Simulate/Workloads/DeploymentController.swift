/// The controller of one Deployment with its ReplicaSets: `pkg/controller/deployment` of Kubernetes, in virtual time.
///
/// What a sync writes is seen by the next one at the same moment: the delays of watches, some milliseconds, are left out.
package struct DeploymentController: Sendable, Hashable {
    package private(set) var spec: DeploymentSpec
    /// From the oldest revision to the current one.
    package internal(set) var replicaSets: [ReplicaSet]
    private var nextID = 0

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
    /// `status.replicas`.
    package var statusReplicas: Int { replicaSets.reduce(0) { $0 + $1.statusReplicas } }
    /// Pods that run and are ready, those that end too.
    package var servingPods: Int { replicaSets.reduce(0) { $0 + $1.pods.count(where: \.serves) } }

    /// `status.availableReplicas`.
    package func available(at now: VirtualTime) -> Int {
        replicaSets.reduce(0) { $0 + $1.available(at: now, after: spec.minReadySeconds * 1000) }
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
        for index in replicaSets.indices { replicaSets[index].pods.removeAll { $0.ends.map { $0 <= now } ?? false } }
        repeat {
            while sync(at: now) {}
        } while syncReplicaSets(at: now)
        // A revision that has no pods and is not the current one takes no part any more.
        let current = replicaSets.last?.revision
        replicaSets.removeAll { $0.revision != current && $0.replicas == 0 && $0.pods.isEmpty }
    }

    /// Whether its only revision has the pods that are wanted, so that no sync writes anything.
    private func hasNothingToDo(at now: VirtualTime) -> Bool {
        guard replicaSets.count == 1 else { return false }
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
        case .costs(let cost): deletionCost = cost
        }
    }

    private mutating func change(ready: Bool, at now: VirtualTime) {
        guard isReady != ready else { return }
        isReady = ready
        readyChanged = now
    }
}
