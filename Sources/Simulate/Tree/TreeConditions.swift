import Groundwork

/// What a tree of manifests does not say of the cluster that it is for.
package struct TreeConditions: Sendable {
    package var region: String
    /// The zones where NodePools name none.
    package var zones: [String]
    package var kubernetes: Version
    /// Dollars per hour of instance types, where they differ from the catalog's.
    package var prices: [String: Double]
    /// Dollars per hour of instance types on spot, likewise.
    package var spotPrices: [String: Double]
    /// Replicas of a model that share a node, where devices of claims are not counted otherwise.
    package var replicasPerNode: [String: Int]
    /// The node groups, and nodes that exist already.
    package var groups: [NodeGroupUse]

    package init(
        region: String, zones: [String], kubernetes: Version, prices: [String: Double] = [:],
        spotPrices: [String: Double] = [:],
        replicasPerNode: [String: Int] = [:], groups: [NodeGroupUse] = []
    ) {
        self.region = region
        self.zones = zones
        self.kubernetes = kubernetes
        self.prices = prices
        self.spotPrices = spotPrices
        self.replicasPerNode = replicasPerNode
        self.groups = groups
    }
}
