import Groundwork

/// A pool of nodes, Karpenter's or a managed node group: one GPU product, one sharing layout, one set of models.
///
/// A class, because copies of it are many and its parts too.
package final class PoolPlan: Sendable {
    package enum Role: String, Word { case primary, elastic, spot }

    package let name: Traced<String>
    package let role: Role
    package let gpu: GPU
    /// The types that Karpenter may launch, cheapest first.
    package let types: [InstanceType]
    package let typeNames: [Traced<String>]
    package let layout: Layout
    package let allocation: Traced<Allocation>
    package let capacityTypes: [Traced<String>]
    /// Nodes that may run at once.
    package let nodes: Traced<Int>
    /// GPUs that may run at once.
    package let gpus: Traced<Int>
    package let limits: [(String, Traced<Int>)]
    /// Whether the replicas of each model stand evenly on its nodes, so that what is left when one goes is known.
    package let standsEvenly: Bool
    /// The number of nodes that always run; nil for a pool that follows its pods.
    package let staticNodes: Traced<Int>?
    package let weight: Traced<Int>?
    package let nodeClass: Traced<String>
    package let labels: [(String, Traced<String>)]
    package let taints: [Taint]
    package let zones: [Traced<String>]
    package let consolidateAfter: Traced<String>
    package let consolidationPolicy: Traced<String>
    package let terminationGracePeriod: Traced<String>
    package let budgets: [DisruptionBudget]
    /// The models that may run here.
    package let models: [String]
    /// The dearest hour of this pool, dollars.
    package let worstPerHour: Traced<Double>
    /// How the GPUs of its nodes are cut into MIG instances; nil where they are not.
    package let partition: MIGPartition?
    /// What a node of a shared layout offers besides, which Karpenter cannot know by itself.
    package let overlay: CapacityOverlay?
    /// Into how many shares the DRA driver cuts its GPUs, as Karpenter has to be told.
    package let shares: Traced<String>?
    /// What Bottlerocket's own device plugin is told, where it has to share GPUs.
    package let settings: Traced<BottlerocketSettings>?
    /// Paid capacity that its nodes take before any other.
    package let reservations: [ReservationSpec]
    /// The managed node group that its nodes are; nil where Karpenter brings them.
    package let group: NodeGroup?

    init(
        name: Traced<String>, role: Role, gpu: GPU, types: [InstanceType], typeNames: [Traced<String>],
        layout: Layout, allocation: Traced<Allocation>, capacityTypes: [Traced<String>], nodes: Traced<Int>,
        gpus: Traced<Int>, limits: [(String, Traced<Int>)], standsEvenly: Bool, staticNodes: Traced<Int>?,
        weight: Traced<Int>?,
        nodeClass: Traced<String>, labels: [(String, Traced<String>)], taints: [Taint], zones: [Traced<String>],
        consolidateAfter: Traced<String>, consolidationPolicy: Traced<String>,
        terminationGracePeriod: Traced<String>, budgets: [DisruptionBudget], models: [String],
        worstPerHour: Traced<Double>, partition: MIGPartition?, overlay: CapacityOverlay?, shares: Traced<String>?,
        settings: Traced<BottlerocketSettings>?, reservations: [ReservationSpec], group: NodeGroup?
    ) {
        self.name = name
        self.role = role
        self.gpu = gpu
        self.types = types
        self.typeNames = typeNames
        self.layout = layout
        self.allocation = allocation
        self.capacityTypes = capacityTypes
        self.nodes = nodes
        self.gpus = gpus
        self.limits = limits
        self.standsEvenly = standsEvenly
        self.staticNodes = staticNodes
        self.weight = weight
        self.nodeClass = nodeClass
        self.labels = labels
        self.taints = taints
        self.zones = zones
        self.consolidateAfter = consolidateAfter
        self.consolidationPolicy = consolidationPolicy
        self.terminationGracePeriod = terminationGracePeriod
        self.budgets = budgets
        self.models = models
        self.worstPerHour = worstPerHour
        self.partition = partition
        self.overlay = overlay
        self.shares = shares
        self.settings = settings
        self.reservations = reservations
        self.group = group
    }
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
