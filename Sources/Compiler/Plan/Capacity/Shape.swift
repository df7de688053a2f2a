/// One way to place a replica: an instance type, its GPU or share of one, and the tensor parallelism.
package struct Shape: Sendable {
    package let type: InstanceType
    package let accelerator: Accelerator
    package let tensorParallel: Int
    package let capability: Capability
    /// On-demand price of the type, dollars per hour.
    package let price: Traced<Double>
    package let replicasPerNode: Int
    package let replicas: ReplicaCounts
    /// Dollars per hour when all replicas run, the last partly used node included.
    package var peakPrice: Double { Double(nodes(for: replicas.most)) * price.value }

    /// Nodes that a number of replicas needs.
    package func nodes(for replicas: Int) -> Int { (replicas + replicasPerNode - 1) / replicasPerNode }

    /// The shape in words, for example `p5.48xlarge, 4 × H100`.
    package var words: String { "\(type.name), \(tensorParallel) × \(accelerator.gpu.id)" }
}

/// A shape that was not chosen, and why.
package struct RunnerUp: Sendable {
    package let words: String
    package let reason: String
}

/// How many replicas traffic asks for, in plain numbers.
package struct ReplicaCounts: Sendable {
    package let least: Int
    package let most: Int
}
