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
    /// The volumes of its nodes, as the spec sets them.
    package let volume: VolumeSpec
    /// Reserved capacity that its nodes use before any other.
    package let reservations: [ReservationSpec]
}

/// How many nodes a pool has, and what they cost.
package struct PoolSize: Sendable {
    /// Nodes that may run at once.
    package let nodes: Traced<Int>
    /// GPUs that may run at once.
    package let gpus: Traced<Int>
    package let limits: [(String, Traced<Int>)]
    /// Whether the replicas of each model are spread evenly over its nodes, so that it is known what remains if one is lost.
    package let standsEvenly: Bool
    /// The number of nodes that always run; nil for a pool that follows its pods.
    package let staticNodes: Traced<Int>?
    /// The most expensive hour of this pool, dollars.
    package let worstPerHour: Traced<Double>
}

/// How the GPUs of a pool's nodes are allocated.
package struct PoolSharing: Sendable {
    package let layout: Layout
    package let allocation: Traced<Allocation>
    /// How the GPUs of its nodes are partitioned into MIG instances; nil if they are not.
    package let partition: MIGPartition?
    /// Additional capacity of a node with a shared layout, which Karpenter cannot discover.
    package let overlay: CapacityOverlay?
    /// How many shares per GPU the DRA driver provides, which Karpenter cannot discover.
    package let shares: Traced<String>?
    /// Settings of Bottlerocket's own device plugin, if it shares GPUs.
    package let settings: Traced<BottlerocketSettings>?
}

/// What the scheduler sees of a pool's nodes.
package struct PoolScheduling: Sendable {
    package let labels: [(String, Traced<String>)]
    package let taints: [Taint]
    package let weight: Traced<Int>?
}

/// When nodes of a pool may be removed.
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

/// The capacity of a type that a NodeOverlay adds.
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
