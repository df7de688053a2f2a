/// A pod of a workload.
package struct Pod: Sendable, Hashable {
    package enum Phase: Int, Sendable { case pending, running, succeeded, failed }

    /// Its place in the order of creation, which stands for its UID.
    package let id: Int
    /// The number in its name: for a StatefulSet its ordinal, which a pod in its place has again.
    package let ordinal: Int
    package let created: VirtualTime
    package internal(set) var phase = Phase.pending
    /// The node it is bound to.
    package internal(set) var node: String?
    /// When the kubelet saw it first.
    package internal(set) var started: VirtualTime?
    package internal(set) var isReady = false
    /// When it became ready, or not ready, last.
    package internal(set) var readyChanged: VirtualTime
    package internal(set) var restarts = 0
    /// The annotation `controller.kubernetes.io/pod-deletion-cost`.
    package internal(set) var deletionCost: Int
    /// When it was deleted; it stays until its containers have ended.
    package internal(set) var deleted: VirtualTime?
    package internal(set) var ends: VirtualTime?

    package init(id: Int, ordinal: Int? = nil, created: VirtualTime, deletionCost: Int = 0) {
        self.id = id
        self.ordinal = ordinal ?? id
        self.created = created
        self.deletionCost = deletionCost
        readyChanged = created
    }

    /// Whether its ReplicaSet counts it.
    package var isActive: Bool { deleted == nil && phase != .succeeded && phase != .failed }
    /// Whether it runs and is ready, also while it ends.
    package var serves: Bool { phase == .running && isReady }

    /// Whether it has been ready long enough.
    func isAvailable(at now: VirtualTime, after minimum: Int) -> Bool {
        isActive && serves && (minimum == 0 || readyChanged + minimum <= now)
    }
}

/// What happens to a pod from outside of its workload.
package enum PodEvent: Sendable, Hashable {
    /// The scheduler binds it to a node.
    case bound(node: String)
    /// Its containers run.
    case runs
    case becomesReady
    case losesReadiness
    /// A container ended and was started again.
    case restarts
    case fails
    case succeeds
    /// It is deleted from outside: by an eviction, or with its node.
    case isDeleted
    /// It does not exist any more.
    case isGone
    case costs(Int)
}
