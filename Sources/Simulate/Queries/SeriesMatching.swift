import Groundwork

/// An operator between two vectors: which elements belong together, and the labels of the results.
struct SeriesMatching {
    private let operation: Query.Operator
    private let matching: Query.Matching
    private let extent: Range<Int>
    private let named: Set<String>
    private let isOn: Bool

    init(_ binary: Query.Binary, _ extent: Range<Int>) {
        operation = binary.operation
        matching = binary.matching
        self.extent = extent
        isOn = matching.labels != nil
        named = Set((matching.labels ?? matching.ignored ?? []).map(\.name))
    }

    /// The elements of `and`, `or` and `unless`.
    func joined(_ left: [QuerySample], _ right: [QuerySample]) -> [QuerySample] {
        switch operation {
        case .or:
            let present = Set(left.map { signature($0.labels) })
            return left + right.filter { !present.contains(signature($0.labels)) }
        case .and, .unless:
            let present = Set(right.map { signature($0.labels) })
            return left.filter { present.contains(signature($0.labels)) == (operation == .and) }
        default: return []
        }
    }

    /// The results of an operator on each pair of matching elements.
    func matched(_ left: [QuerySample], _ right: [QuerySample], at time: Int) throws(QueryFailure) -> [QuerySample] {
        if left.isEmpty || right.isEmpty { return [] }
        let isSwapped = matching.many == .right
        let (many, one) = isSwapped ? (right, left) : (left, right)
        var partners: [SeriesLabels: QuerySample] = [:]
        for element in one where partners.updateValue(element, forKey: signature(element.labels)) != nil {
            throw .invalid(
                "found duplicate series for the match group on the \(isSwapped ? "left" : "right") hand-side", extent)
        }
        var results: [QuerySample] = []
        var seen: [SeriesLabels: Set<SeriesLabels>] = [:]
        for element in many {
            let signature = signature(element.labels)
            guard let partner = partners[signature] else { continue }
            let (first, second) = isSwapped ? (partner, element) : (element, partner)
            let value: Double
            if operation.isComparison, !matching.isBool {
                guard operation.holds(first.value, second.value) else { continue }
                value = first.value
            } else {
                value = operation.result(first.value, second.value)
            }
            let labels = labels(element.labels, partner.labels)
            if matching.many == nil, seen[signature] != nil {
                throw .invalid(
                    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
                    extent)
            }
            if !seen[signature, default: []].insert(labels).inserted {
                throw .invalid("multiple matches for labels: grouping labels must ensure unique matches", extent)
            }
            results.append(QuerySample(labels, value, at: time))
        }
        return results
    }

    /// The labels by which elements match.
    private func signature(_ labels: SeriesLabels) -> SeriesLabels {
        isOn
            ? labels.filtered { named.contains($0) }
            : labels.filtered { $0 != SeriesLabels.metric && !named.contains($0) }
    }

    /// The labels of a result.
    private func labels(_ many: SeriesLabels, _ one: SeriesLabels) -> SeriesLabels {
        var labels = operation.isComparison && !matching.isBool ? many : many.unnamed
        if matching.many == nil {
            labels = isOn ? labels.filtered { named.contains($0) } : labels.filtered { !named.contains($0) }
        }
        for label in matching.included { labels[label.name] = one[label.name] }
        return labels
    }
}
