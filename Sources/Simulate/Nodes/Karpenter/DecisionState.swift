/// What a decision of Karpenter rests on: it is not made anew until that has changed.
struct DecisionState: Sendable, Equatable {
    /// The versions of the cluster and of the claims.
    let cluster: Int
    let claims: Int
    /// The offerings without capacity, and the nodes that reservations have left.
    let unavailable: Int
    let reserved: Int
}

/// Where the pods of a decision go.
struct PlacedPods: Sendable {
    let state: DecisionState
    /// The nodes and claims that get pods.
    let places: Set<String>
}

/// What a pass of the disruption controller rests on: time alone makes other nodes candidates.
struct DisruptionState: Sendable, Equatable {
    let decision: DecisionState
    let empty: [String]
    let drifted: [String]
    let underutilized: [String]
    let busy: [String]
}
