/// The spec of a Deployment, or of a StatefulSet or LeaderWorkerSet, as far as the number of its pods depends on it.
package struct DeploymentSpec: Sendable, Hashable {
    /// A number of pods, or a share of the replicas.
    package enum Count: Sendable, Hashable {
        case pods(Int)
        case percent(Int)
    }

    package enum Strategy: Sendable, Hashable {
        case recreate
        case rollingUpdate(surge: Count, unavailable: Count)
        /// A pod has the new template only when it is replaced for another reason.
        case onDelete
    }

    package var replicas: Int
    package var strategy: Strategy
    /// How long a pod has to be ready to count as available, in seconds.
    package var minReadySeconds: Int
    /// How long a pod takes to end, in seconds: no longer than its grace period.
    package var endSeconds: Int
    /// The deletion cost in the template's annotations.
    package var deletionCost: Int
    package var order: PodOrder

    // Defaults of the API server.
    package init(
        replicas: Int = 1, strategy: Strategy = .rollingUpdate(surge: .percent(25), unavailable: .percent(25)),
        minReadySeconds: Int = 0, endSeconds: Int = 30, deletionCost: Int = 0, order: PodOrder = .any
    ) {
        self.replicas = replicas
        self.strategy = strategy
        self.minReadySeconds = minReadySeconds
        self.endSeconds = endSeconds
        self.deletionCost = deletionCost
        self.order = order
    }

    var endMilliseconds: Int { endSeconds * 1000 }

    /// How many pods there may be beyond the replicas: a share is rounded up.
    var surge: Int {
        guard case .rollingUpdate(let surge, _) = strategy else { return 0 }
        return surge.of(replicas, roundingUp: true)
    }

    /// How many pods may be missing: a share is rounded down; one if there is no surge either.
    var unavailable: Int {
        guard case .rollingUpdate(_, let unavailable) = strategy else { return 0 }
        let count = unavailable.of(replicas, roundingUp: false)
        return count == 0 && surge == 0 ? 1 : min(count, replicas)
    }
}

extension DeploymentSpec.Count {
    fileprivate func of(_ replicas: Int, roundingUp: Bool) -> Int {
        switch self {
        case .pods(let count): count
        case .percent(let share): (share * replicas + (roundingUp ? 99 : 0)) / 100
        }
    }
}
