/// A NodeClaim of Karpenter: from the decision to the end of its instance.
package struct NodeClaim: Sendable {
    package enum Phase: Sendable, Hashable { case launching, launched, registered, initialized }

    package let name: String
    package let pool: String
    /// The place of the pool among all.
    let poolPlace: Int
    package let created: VirtualTime
    /// What the node must meet, and the instance types that do.
    var requirements: LabelRequirements
    var options: [OfferedType]
    /// The requests of the pods it was made for, and of DaemonSets.
    var requests: ResourceAmounts
    let overhead: ResourceAmounts
    package internal(set) var phase = Phase.launching
    /// When the next phase is reached.
    var due: VirtualTime
    package internal(set) var offering: Offering?
    package internal(set) var initialized: VirtualTime?
    package internal(set) var isDrifted = false
    /// Whether a command is about to replace it.
    var isDisrupted = false
    package internal(set) var deleted: VirtualTime?
    /// When EC2 takes the instance, or has terminated it.
    var reclaimed: VirtualTime?
    var terminated: VirtualTime?
    /// The resources that it has or may at least have.
    var capacity: ResourceAmounts {
        let sizes = offering.map { offering in options.filter { $0.name == offering.type } } ?? options
        return sizes.reduce(ResourceAmounts()) { $0.greater($1.capacity) }
    }

    /// The name of its node, which it has from registration on.
    var node: String? { phase == .registered || phase == .initialized ? name : nil }
}

/// What Karpenter or EC2 did.
package enum KarpenterEvent: Sendable {
    case created(NodeClaim)
    case launched(claim: String, Offering)
    /// No offering had capacity.
    case insufficientCapacity(claim: String)
    /// The claim was not launched or not registered in time.
    case timedOut(claim: String)
    case registered(claim: String)
    case initialized(claim: String)
    /// No NodePool can run the pod, with the reason of each.
    case unprovisionable(pod: String, [String])
    case disrupting(claims: [String], DisruptionCommand.Reason, replacements: [String])
    /// A command was given up.
    case rolledBack(claims: [String])
    case interrupted(claim: String)
    case evicted(pod: String)
    /// The claim is being removed: its node drains.
    case draining(claim: String, DisruptionCommand.Reason)
    case terminated(claim: String)
}
