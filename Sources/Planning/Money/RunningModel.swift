import Groundwork

/// A model at the loads of the cost estimate.
///
/// A class, because formulas of several pools refer to the same figures.
final class RunningModel: Sendable {
    let placement: Placement
    let usesSpot: Bool
    let usesElastic: Bool
    /// Its replicas at steady load.
    let least: Reasoned
    /// Its replicas in business hours: the minimum and part of its surge.
    let busy: Reasoned
    /// Its replicas at peak load.
    let most: Reasoned
    /// Replicas per node.
    let onNode: Reasoned
    /// Replicas that fit its primary pool: those of whole nodes, if others may run on elastic ones.
    let heldByPrimary: Reasoned
    /// Nodes that its minimum would fill, as a fraction.
    let filled: Reasoned

    init(_ placement: Placement) {
        let name = placement.name
        self.placement = placement
        (usesSpot, usesElastic) = (placement.usesSpot, placement.usesElastic)
        least = placement.minReplicas.named("minimum replicas of \(name)", "replicas")
        most = placement.maxReplicas.named("maximum replicas of \(name)", "replicas")
        let surge = (most - least) * Assumptions.busySurge.reasoned
        busy = (least + surge.roundedUp).named("business-hours replicas of \(name)", "replicas")
        onNode = placement.nodes.perNode.named("replicas of \(name) per node", "replicas")
        heldByPrimary =
            usesElastic
            ? ((least / onNode).roundedUp * onNode)
                .named("replicas of \(name) in its primary pool", "replicas")
            : usesSpot ? least : most
        filled = (least / onNode).named("nodes filled by \(name)", "nodes")
    }

    /// Whole nodes for some number of its replicas.
    func nodes(for replicas: Reasoned) -> Reasoned { (replicas / onNode).roundedUp }

    /// Whole nodes for those of its replicas that do not fit its primary pool.
    func surgeNodes(for replicas: Reasoned) -> Reasoned {
        nodes(for: .maximum(0, replicas - heldByPrimary)).named("nodes for the surge of \(placement.name)", "nodes")
    }

    /// Those of its replicas that run in its primary pool.
    func held(of replicas: Reasoned) -> Reasoned {
        usesElastic ? .minimum(replicas, heldByPrimary) : usesSpot ? least : replicas
    }
}
