import Groundwork

/// A pool of nodes, Karpenter's or a managed node group: one GPU product, one sharing layout, one set of models.
///
/// A class, because it is copied often and has many parts.
package final class PoolPlan: Sendable {
    package enum Role: String, Word { case primary, elastic, spot }

    package let name: Traced<String>
    package let role: Role
    /// The models that may run here.
    package let models: [String]
    package let hardware: PoolHardware
    package let size: PoolSize
    package let sharing: PoolSharing
    package let scheduling: PoolScheduling
    package let disruption: PoolDisruption
    /// The managed node group of its nodes, or the nodes of others; nil if a NodePool of the tree launches them.
    package let group: NodeGroup?
    /// Nodes that exist already and belong to others.
    package var existing: ExistingPoolSpec? { group?.existing }
    /// Whether all of its nodes are on spot.
    package var isSpot: Bool { hardware.capacityTypes.allSatisfy { $0.value == "spot" } }

    init(
        name: Traced<String>, role: Role, models: [String], hardware: PoolHardware, size: PoolSize,
        sharing: PoolSharing, scheduling: PoolScheduling, disruption: PoolDisruption, group: NodeGroup?
    ) {
        self.name = name
        self.role = role
        self.models = models
        self.hardware = hardware
        self.size = size
        self.sharing = sharing
        self.scheduling = scheduling
        self.disruption = disruption
        self.group = group
    }
}
