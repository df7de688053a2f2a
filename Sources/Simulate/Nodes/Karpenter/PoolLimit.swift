import Groundwork

/// What the nodes of a pool may still have together; what it does not name has no limit.
struct PoolLimit: Sendable {
    private var left: [String: Int] = [:]

    /// Reads the limits of a NodePool.
    init(reading limits: ManifestValue?) {
        for entry in limits?.entries ?? [] {
            guard let quantity = entry.value.quantity, quantity.magnitude < 1e15 else { continue }
            left[entry.key] = Int((quantity * 1000).rounded(.up))
        }
    }

    /// Whether a node with some resources is allowed.
    func allows(_ amounts: ResourceAmounts) -> Bool { left.allSatisfy { amounts[$0.key] <= $0.value } }

    /// Takes off what a node has.
    mutating func take(_ amounts: ResourceAmounts) { for key in left.keys { left[key, default: 0] -= amounts[key] } }
}
