import Groundwork

/// What a model asks of its nodes.
package struct NodeDemand: Sendable {
    package let layout: Layout
    /// Replicas that one node carries.
    package let perNode: Traced<Int>
    /// Whether its primary nodes follow its pods.
    package let supply: Traced<NodeSupply>
    /// How its pods claim their GPUs; nil where the device plugin hands them out.
    package let claiming: Claiming?
    package let spot: Traced<SpotPolicy>
}

/// When a model scales: shares of what a replica sustains, and how long a lull has to last, in seconds.
package struct ScalingShares: Sendable {
    package let scaleUp: Traced<Double>
    package let scaleDown: Traced<Double>
    package let cooldown: Traced<Double>
}

/// What a model's shape was chosen by, and from.
package struct ChoiceOfShape: Sendable {
    /// The number format that the model is published in.
    package let nativeDType: DType
    package let defaultContext: Traced<Int>
    /// What the choice rests on.
    package let demand: Demand
    /// Every shape that was tried.
    package let search: ShapeSearch
    /// Later choices of the spec's order of preference, on which the operating point holds as it is.
    package let alternatives: [Shape]
}
