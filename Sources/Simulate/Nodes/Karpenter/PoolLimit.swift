import Groundwork

/// What the nodes of a pool may still have together; what it does not name has no limit.
struct PoolLimit: Sendable {
    private var left: [String: Int] = [:]

    /// Reads the limits of a NodePool.
    init(reading limits: ManifestValue?) {
        for entry in limits?.entries ?? [] {
            left[entry.key] = entry.value.text.flatMap { Quantity($0)?.milli }
        }
    }

    /// What it names, sorted, in thousandths.
    var amounts: [(resource: String, amount: Int)] { left.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// Whether a node with some resources is allowed.
    func allows(_ amounts: ResourceAmounts) -> Bool { left.allSatisfy { amounts[$0.key] <= $0.value } }

    /// Takes off what a node has.
    mutating func take(_ amounts: ResourceAmounts) { for key in left.keys { left[key, default: 0] -= amounts[key] } }
}
