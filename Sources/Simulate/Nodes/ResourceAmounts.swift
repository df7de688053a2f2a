import Groundwork

/// Amounts of resources by name, in thousandths of their unit.
package struct ResourceAmounts: Sendable, Hashable {
    package private(set) var amounts: [String: Int]

    package init(_ amounts: [String: Int] = [:]) { self.amounts = amounts.filter { $0.value != 0 } }

    /// Reads a mapping of quantities.
    init(reading mapping: ManifestValue?) {
        var amounts: [String: Int] = [:]
        for entry in mapping?.entries ?? [] {
            amounts[entry.key] = entry.value.text.flatMap { Quantity($0)?.milli }
        }
        self.init(amounts)
    }

    package subscript(_ name: String) -> Int {
        get { amounts[name] ?? 0 }
        set { amounts[name] = newValue == 0 ? nil : newValue }
    }

    /// The names of resources that are not zero, sorted.
    var names: [String] { amounts.keys.sorted() }

    /// Whether every amount is available.
    func fits(in available: ResourceAmounts) -> Bool { amounts.allSatisfy { $0.value <= available[$0.key] } }

    /// The names of what is not available, sorted.
    func missing(in available: ResourceAmounts) -> [String] { names.filter { self[$0] > available[$0] } }

    /// The greater amount of each resource.
    func greater(_ other: ResourceAmounts) -> ResourceAmounts {
        ResourceAmounts(amounts.merging(other.amounts) { max($0, $1) })
    }

    package static func + (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
        ResourceAmounts(left.amounts.merging(right.amounts, uniquingKeysWith: +))
    }

    package static func - (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
        var result = left
        for (name, amount) in right.amounts { result[name] -= amount }
        return result
    }

    package static func += (left: inout ResourceAmounts, right: ResourceAmounts) { left = left + right }
}
