import Groundwork

/// What a pool launches, and where.
package struct PoolHardware: Sendable {
    package let gpu: GPU
    /// The types that Karpenter may launch, cheapest first.
    package let types: [InstanceType]
    package let typeNames: [Traced<String>]
    package let capacityTypes: [Traced<String>]
    package let zones: [Traced<String>]
    package let nodeClass: Traced<String>
    /// Paid capacity that its nodes take before any other.
    package let reservations: [ReservationSpec]
}

/// How many nodes a pool has, and what they cost.
package struct PoolSize: Sendable {
    /// Nodes that may run at once.
    package let nodes: Traced<Int>
    /// GPUs that may run at once.
    package let gpus: Traced<Int>
    package let limits: [(String, Traced<Int>)]
    /// Whether the replicas of each model stand evenly on its nodes, so that what is left when one goes is known.
    package let standsEvenly: Bool
    /// The number of nodes that always run; nil for a pool that follows its pods.
    package let staticNodes: Traced<Int>?
    /// The dearest hour of this pool, dollars.
    package let worstPerHour: Traced<Double>
}

/// How the GPUs of a pool's nodes are handed out.
package struct PoolSharing: Sendable {
    package let layout: Layout
    package let allocation: Traced<Allocation>
    /// How the GPUs of its nodes are cut into MIG instances; nil where they are not.
    package let partition: MIGPartition?
    /// What a node of a shared layout offers besides, which Karpenter cannot know by itself.
    package let overlay: CapacityOverlay?
    /// Into how many shares the DRA driver cuts its GPUs, as Karpenter has to be told.
    package let shares: Traced<String>?
    /// What Bottlerocket's own device plugin is told, where it has to share GPUs.
    package let settings: Traced<BottlerocketSettings>?
}

/// What the scheduler sees of a pool's nodes.
package struct PoolScheduling: Sendable {
    package let labels: [(String, Traced<String>)]
    package let taints: [Taint]
    package let weight: Traced<Int>?
}

/// When nodes of a pool may go.
package struct PoolDisruption: Sendable {
    package let consolidateAfter: Traced<String>
    package let consolidationPolicy: Traced<String>
    package let terminationGracePeriod: Traced<String>
    package let budgets: [DisruptionBudget]
}

/// A taint of a node.
package struct Taint: Sendable {
    package let key: Traced<String>
    package let value: Traced<String>
    package let effect: Traced<String>
}

/// What a NodeOverlay tells Karpenter of a type's capacity.
package struct CapacityOverlay: Sendable {
    package let name: Traced<String>
    package let type: Traced<String>
    package let capacity: [(String, Traced<String>)]
}

/// How many nodes may be disrupted at once, and when.
package struct DisruptionBudget: Sendable {
    package let nodes: Traced<String>
    /// Cron in UTC.
    package let schedule: Traced<String>?
    package let duration: Traced<String>?
}
