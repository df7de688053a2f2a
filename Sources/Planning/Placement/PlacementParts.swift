import Groundwork

/// What a model needs from its nodes.
package struct NodeDemand: Sendable {
    package let layout: Layout
    /// Replicas per node.
    package let perNode: Traced<Int>
    /// Whether its primary nodes follow its pods.
    package let supply: Traced<NodeSupply>
    /// How its pods claim their GPUs; nil if the device plugin allocates them.
    package let claiming: Claiming?
    package let spot: Traced<SpotPolicy>
}

/// When a model scales: shares of what a replica sustains, and how long a lull has to last, in seconds.
package struct ScalingShares: Sendable {
    package let scaleUp: Traced<Double>
    package let scaleDown: Traced<Double>
    package let cooldown: Traced<Double>
}

/// How a model's candidate was chosen, and from what.
package struct CandidateChoice: Sendable {
    /// The dtype that the model is published in.
    package let nativeDType: DType
    package let defaultContext: Traced<Int>
    /// What the choice rests on.
    package let demand: Demand
    /// Every candidate that was tried.
    package let search: CandidateSearch
    /// Later preferences of the spec on which the operating point holds unchanged.
    package let alternatives: [Candidate]
}
