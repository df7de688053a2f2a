import Groundwork

/// The values that a label may have: a list, or all values but those of a list.
struct LabelValues: Sendable, Hashable {
    private(set) var values: Set<String>
    private(set) var isComplement: Bool
    /// The bounds of a number, both excluded.
    private var above: Int?
    private var below: Int?

    /// Any value.
    static let any = LabelValues(values: [], isComplement: true)
    /// No value: the label must be absent.
    static let none = LabelValues(values: [], isComplement: false)

    private init(values: Set<String>, isComplement: Bool) {
        self.values = values
        self.isComplement = isComplement
    }

    /// One of some values.
    init(_ values: some Sequence<String>) { self.init(values: Set(values), isComplement: false) }

    /// Reads `{operator, values}`; nil for an unknown operator.
    init?(reading requirement: ManifestValue) {
        let values = requirement["values"]?.items?.compactMap(\.text) ?? []
        let bound = values.first.flatMap { Int($0) }
        self = .any
        switch requirement["operator"]?.text {
        case "In": self = LabelValues(values)
        case "NotIn": self = LabelValues(values: Set(values), isComplement: true)
        case "Exists": break
        case "DoesNotExist": self = .none
        case "Gt": above = bound
        case "Lt": below = bound
        case "Gte": above = bound.map { $0 - 1 }
        case "Lte": below = bound.map { $0 + 1 }
        default: return nil
        }
    }

    /// Whether a label may be absent: after `NotIn` and `DoesNotExist`.
    var acceptsAbsence: Bool { isComplement ? !values.isEmpty && above == nil && below == nil : values.isEmpty }

    /// Whether a label's value, nil if there is no such label, is one of them.
    func contains(_ value: String?) -> Bool {
        guard let value else { return acceptsAbsence }
        return values.contains(value) != isComplement && isWithin(value)
    }

    /// Whether no value is one of them.
    var isEmpty: Bool {
        if let above, let below, below - above <= 1 { return true }
        return !isComplement && values.isEmpty
    }

    /// The only value, if there is one.
    var single: String? { isComplement || values.count > 1 ? nil : values.first }

    /// The values of both.
    func intersection(_ other: LabelValues) -> LabelValues {
        var result: LabelValues
        switch (isComplement, other.isComplement) {
        case (true, true): result = LabelValues(values: values.union(other.values), isComplement: true)
        case (true, false): result = LabelValues(other.values.filter { contains($0) })
        case (false, true): result = LabelValues(values.filter { other.contains($0) })
        case (false, false): result = LabelValues(values.intersection(other.values))
        }
        guard result.isComplement else {
            result.values = result.values.filter { isWithin($0) && other.isWithin($0) }
            return result
        }
        result.above = [above, other.above].compactMap { $0 }.max()
        result.below = [below, other.below].compactMap { $0 }.min()
        return result
    }

    private func isWithin(_ value: String) -> Bool {
        guard above != nil || below != nil else { return true }
        guard let number = Int(value) else { return false }
        return number > above ?? .min && number < below ?? .max
    }
}

/// Requirements on labels, all of which must be met.
struct LabelRequirements: Sendable, Hashable {
    private(set) var values: [String: LabelValues] = [:]

    init() {}

    /// Reads a list of `{key, operator, values}`.
    init(reading items: [ManifestValue]?) {
        for item in items ?? [] {
            guard let key = item["key"]?.text, let values = LabelValues(reading: item) else { continue }
            add(key, values)
        }
    }

    /// One value for each label.
    init(_ labels: [String: String]) { values = labels.mapValues { LabelValues([$0]) } }

    subscript(_ key: String) -> LabelValues? { values[key] }
    var keys: [String] { values.keys.sorted() }
    var isEmpty: Bool { values.isEmpty }

    /// Adds a requirement to those that there are.
    mutating func add(_ key: String, _ added: LabelValues) { values[key] = values[key]?.intersection(added) ?? added }

    /// Adds requirements to those that there are.
    mutating func add(_ other: LabelRequirements) { for (key, added) in other.values { add(key, added) } }

    /// Whether labels meet all of them.
    func accepts(_ labels: [String: String]) -> Bool { values.allSatisfy { $0.value.contains(labels[$0.key]) } }

    /// Whether both may be met by one node; a label that only the other names must be one that every node may get.
    func isCompatible(with other: LabelRequirements, isWellKnown: (String) -> Bool) -> Bool {
        other.values.allSatisfy { key, wanted in
            guard let own = values[key] else { return isWellKnown(key) || wanted.acceptsAbsence }
            return !own.intersection(wanted).isEmpty || (own.acceptsAbsence && wanted.acceptsAbsence)
        }
    }
}
