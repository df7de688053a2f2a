import Groundwork

/// A model as it runs at the loads that money counts.
///
/// A class, because formulas of several pools refer to the same figures.
final class RunningModel: Sendable {
    let placement: Placement
    let usesSpot: Bool
    let usesElastic: Bool
    /// Its replicas in normal load.
    let least: Reasoned
    /// Its replicas in business hours: the minimum and part of its surge.
    let busy: Reasoned
    /// Its replicas at the peak.
    let most: Reasoned
    /// Replicas that a node carries.
    let onNode: Reasoned
    /// Replicas that its primary pool has room for: those of whole nodes, where others may stand on elastic ones.
    let heldByPrimary: Reasoned
    /// Nodes that its minimum would fill, in parts.
    let filled: Reasoned

    init(_ placement: Placement) {
        let name = placement.name
        self.placement = placement
        (usesSpot, usesElastic) = (placement.usesSpot, placement.usesElastic)
        least = placement.minReplicas.named("minimum replicas of \(name)", "replicas")
        most = placement.maxReplicas.named("maximum replicas of \(name)", "replicas")
        let surge = (most - least) * Assumptions.busySurge.reasoned
        busy = (least + surge.roundedUp).named("replicas of \(name) in business hours", "replicas")
        onNode = placement.nodes.perNode.named("replicas of \(name) per node", "replicas")
        heldByPrimary =
            usesElastic
            ? ((least / onNode).roundedUp * onNode)
                .named("replicas of \(name) that its primary pool holds", "replicas")
            : usesSpot ? least : most
        filled = (least / onNode).named("nodes that \(name) fills", "nodes")
    }

    /// Whole nodes for some number of its replicas.
    func nodes(for replicas: Reasoned) -> Reasoned { (replicas / onNode).roundedUp }

    /// Whole nodes for those of its replicas that its primary pool has no room for.
    func surgeNodes(for replicas: Reasoned) -> Reasoned {
        nodes(for: .maximum(0, replicas - heldByPrimary)).named("nodes for the surge of \(placement.name)", "nodes")
    }

    /// Those of its replicas that stand in its primary pool.
    func held(of replicas: Reasoned) -> Reasoned {
        usesElastic ? .minimum(replicas, heldByPrimary) : usesSpot ? least : replicas
    }
}
