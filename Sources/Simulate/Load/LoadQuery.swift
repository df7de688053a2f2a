import Groundwork

/// A scaler's query over the loads of simulated Deployments, where every operand is one number or nothing.
///
/// The queries of scalers are sums without labels. They are compiled once, since a week has a million evaluations; what it
/// gives is what the evaluator of `Queries` gives over the same samples, and a test compares the two.
package struct LoadQuery: Sendable {
    indirect enum LoadTerm: Sendable {
        case number(Double)
        case series(LoadMetric, of: [Int], Aggregation)
        /// The requests per second that arrive at a gateway for some models, over some milliseconds.
        case arrivals(of: [Int], window: Int)
        /// The requests per second that the replicas of some models reject.
        case rejections(of: [Int], window: Int)
        case negation(LoadTerm)
        case arithmetic(Query.Operator, LoadTerm, LoadTerm)
        /// A comparison that drops the left side, or gives 0 or 1.
        case comparison(Query.Operator, isBool: Bool, LoadTerm, LoadTerm)
        case and(LoadTerm, LoadTerm)
        case or(LoadTerm, LoadTerm)
        case unless(LoadTerm, LoadTerm)
        case clamp(LoadTerm, least: Double, most: Double)
    }

    enum Aggregation: String, Sendable { case sum, avg, count }

    let root: LoadTerm

    /// The result at a time in milliseconds: nil for an empty vector.
    package func value(_ loads: [ScrapedLoad], _ counts: RequestCounts, at time: Int) -> Double? {
        LoadQuery.value(root, loads, counts, time)
    }

    // No closure: it would carry everything that it captures through the recursion.
    private static func value(_ node: LoadTerm, _ loads: [ScrapedLoad], _ counts: RequestCounts, _ time: Int)
        -> Double?
    {
        switch node {
        case .number(let number): return number
        case .series(let metric, let places, let aggregation):
            var (sum, count) = (0.0, 0.0)
            for place in places {
                guard let part = metric.sum(loads[place]) else { continue }
                sum += part.sum
                count += part.count
            }
            guard count > 0 else { return nil }
            switch aggregation {
            case .sum: return sum
            case .avg: return sum / count
            case .count: return count
            }
        case .arrivals(let models, let window):
            return models.isEmpty
                ? nil : models.reduce(0) { $0 + counts.rate(\.arrived, of: $1, window: window, at: time) }
        case .rejections(let models, let window):
            return models.isEmpty
                ? nil : models.reduce(0) { $0 + counts.rate(\.rejected, of: $1, window: window, at: time) }
        case .negation(let inner): return value(inner, loads, counts, time).map { -$0 }
        case .arithmetic(let operation, let left, let right):
            guard let left = value(left, loads, counts, time), let right = value(right, loads, counts, time) else {
                return nil
            }
            return operation.result(left, right)
        case .comparison(let operation, let isBool, let left, let right):
            guard let first = value(left, loads, counts, time), let second = value(right, loads, counts, time)
            else {
                return nil
            }
            let holds = operation.holds(first, second)
            if isBool { return holds ? 1 : 0 }
            guard holds else { return nil }
            if case .number = left { return second }
            return first
        case .and(let left, let right):
            return value(right, loads, counts, time) == nil ? nil : value(left, loads, counts, time)
        case .or(let left, let right): return value(left, loads, counts, time) ?? value(right, loads, counts, time)
        case .unless(let left, let right):
            return value(right, loads, counts, time) == nil ? value(left, loads, counts, time) : nil
        case .clamp(let inner, let least, let most):
            return value(inner, loads, counts, time).map { min(most, max(least, $0)) }
        }
    }
}
