/// One revision of a Deployment with its pods: `pkg/controller/replicaset` of Kubernetes.
///
/// The revisions of a StatefulSet are kept in the same form; their controller creates and deletes pods itself.
package struct ReplicaSet: Sendable, Hashable {
    package let revision: Int
    /// `spec.replicas`.
    package internal(set) var replicas: Int
    /// The pods, in the order of creation; those that are being deleted too.
    package internal(set) var pods: [Pod] = []
    /// The annotation `deployment.kubernetes.io/desired-replicas`: the replicas of the Deployment when it was last written.
    var desiredReplicas: Int
    /// The annotation `deployment.kubernetes.io/max-replicas`: its replicas with the surge then.
    var mostReplicas: Int

    /// So many pods are created or deleted in one sync at most: `BurstReplicas`.
    private static let burst = 500

    init(revision: Int, replicas: Int, of spec: DeploymentSpec) {
        self.revision = revision
        self.replicas = replicas
        desiredReplicas = spec.replicas
        mostReplicas = spec.replicas + spec.surge
    }

    /// Writes the annotations with the numbers of its Deployment.
    mutating func annotate(_ spec: DeploymentSpec) {
        desiredReplicas = spec.replicas
        mostReplicas = spec.replicas + spec.surge
    }

    /// `status.replicas`.
    package var statusReplicas: Int { pods.count(where: \.isActive) }

    /// `status.availableReplicas`.
    func available(at now: VirtualTime, after minimum: Int) -> Int {
        pods.count { $0.isAvailable(at: now, after: minimum) }
    }

    /// Creates or deletes pods until as many are active as wanted; true if anything changed.
    ///
    /// `siblings` gives the pods of all revisions, which decide what is deleted first.
    mutating func sync(
        at now: VirtualTime, _ siblings: @autoclosure () -> [Pod], _ spec: DeploymentSpec, nextID: inout Int
    ) -> Bool {
        let active = pods.indices.filter { pods[$0].isActive }
        if active.count < replicas {
            for _ in 0..<min(replicas - active.count, Self.burst) {
                pods.append(Pod(id: nextID, created: now, deletionCost: spec.deletionCost))
                nextID += 1
            }
        } else if active.count > replicas {
            let order = DeletionOrder(among: siblings(), at: now)
            let sorted = active.sorted { order.isBefore(pods[$0], pods[$1]) }
            for index in sorted.prefix(min(active.count - replicas, Self.burst)) {
                pods[index].delete(at: now, ending: spec.endMilliseconds)
            }
        }
        return active.count != replicas
    }
}

extension Pod {
    /// Deletes it: a pod that no node has is gone at once.
    mutating func delete(at now: VirtualTime, ending milliseconds: Int) {
        guard deleted == nil else { return }
        deleted = now
        ends = node == nil ? now : now + milliseconds
    }
}
