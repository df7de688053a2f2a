import Groundwork

extension QueryEvaluator {
    /// A group of an aggregation: its labels, and the elements in it.
    private struct Group {
        let labels: SeriesLabels
        var members: [QuerySample] = []
    }

    /// Evaluates an aggregation such as `sum by (pod) (x)`.
    func aggregate(_ aggregation: Query.Aggregation, _ extent: Range<Int>, _ time: Int) throws(QueryFailure)
        -> [QuerySample]
    {
        guard QuerySupport.aggregations.contains(aggregation.operation) else {
            throw .unsupported("the aggregation `\(aggregation.operation)`", extent)
        }
        let elements = try vector(aggregation.operand, time)
        let parameter = try aggregation.parameter.map { query throws(QueryFailure) in try scalar(query, time) } ?? 0
        let groups = groups(of: elements, aggregation)
        if aggregation.operation == "topk" || aggregation.operation == "bottomk" {
            if parameter.isNaN { throw .invalid("the parameter of `\(aggregation.operation)` is NaN", extent) }
            let count = Int(min(max(parameter, 0), Double(elements.count)))
            return groups.flatMap { chosen($0.members, count, isTop: aggregation.operation == "topk") }
        }
        return groups.map { group in
            let values = group.members.map(\.value)
            return QuerySample(group.labels, aggregated(values, aggregation.operation, parameter), at: time)
        }
    }

    private func groups(of elements: [QuerySample], _ aggregation: Query.Aggregation) -> [Group] {
        let kept = aggregation.kept.map { Set($0.map(\.name)) } ?? []
        let dropped = aggregation.dropped.map { Set($0.map(\.name)).union([SeriesLabels.metric]) }
        var groups: [Group] = []
        var places: [SeriesLabels: Int] = [:]
        for element in elements {
            let labels =
                dropped.map { dropped in element.labels.filtered { !dropped.contains($0) } }
                ?? element.labels.filtered(kept.contains)
            if places[labels] == nil {
                places[labels] = groups.count
                groups.append(Group(labels: labels))
            }
            if let place = places[labels] { groups[place].members.append(element) }
        }
        return groups
    }

    /// The greatest or least elements, the greatest or least first; NaN is the last of all.
    private func chosen(_ elements: [QuerySample], _ count: Int, isTop: Bool) -> [QuerySample] {
        let order = elements.indices.sorted { left, right in
            let (first, second) = (elements[left].value, elements[right].value)
            if first.isNaN || second.isNaN { return first.isNaN == second.isNaN ? left < right : second.isNaN }
            if first == second { return left < right }
            return isTop ? first > second : first < second
        }
        return order.prefix(count).map { elements[$0] }
    }

    private func aggregated(_ values: [Double], _ operation: String, _ parameter: Double) -> Double {
        switch operation {
        case "sum": behavior.sumsExactly ? values.exactSum : values.reduce(0, +)
        case "avg": values.exactSum / Double(values.count)
        case "count": Double(values.count)
        case "min": values.least
        case "max": values.greatest
        case "stdvar": values.variance
        case "stddev": values.variance.squareRoot()
        case "quantile": values.quantile(parameter)
        default: 1
        }
    }
}
