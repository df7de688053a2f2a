import Groundwork

/// How many nodes of a pool run at the two ends of what its models scale between.
package struct NodesAtLoads: Sendable {
    /// With the minimum replicas.
    package let steady: Int
    /// With the maximum replicas, up to the limit of the pool.
    package let peak: Int
}

extension RunningNodes {
    /// Counts the nodes of a pool at steady and at peak load, as the costs do.
    package func nodesAtLoads(of pool: PoolPlan) -> NodesAtLoads {
        NodesAtLoads(
            steady: Int(nodes(of: pool, \.least).value.rounded(.up)),
            peak: Int(nodes(of: pool, \.most).value.rounded(.up)))
    }
}
