/// What the nodes of a node group, or nodes that exist already, cost: they follow the replicas on them.
package struct NodeGroupUse: Sendable {
    package let name: String
    /// The models with replicas on its nodes, and how many replicas of a model fill a node.
    package let replicasPerNode: [String: Int]
    /// Dollars and GPUs per hour of a node.
    package let price: Double
    package let gpus: Double
    /// The fewest and the most nodes; equal for a group whose size does not change.
    package let size: ClosedRange<Int>

    package init(
        name: String, replicasPerNode: [String: Int], price: Double, gpus: Double, size: ClosedRange<Int>
    ) {
        self.name = name
        self.replicasPerNode = replicasPerNode
        self.price = price
        self.gpus = gpus
        self.size = size
    }

    /// The nodes for the replicas of each model.
    package func nodes(_ replicas: [String: Int]) -> Int {
        let filled = replicasPerNode.reduce(0.0) { $0 + Double(replicas[$1.key] ?? 0) / Double(max(1, $1.value)) }
        return min(max(Int((filled - 1e-9).rounded(.up)), size.lowerBound), size.upperBound)
    }
}
