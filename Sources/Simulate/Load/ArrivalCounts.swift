/// What a gateway has counted of the requests to each model at the last scrapes.
package struct ArrivalCounts: Sendable {
    private struct Count: Sendable {
        let time: Int
        let count: Int
    }

    /// For each model, the oldest first.
    private var counted: [[Count]]

    package init(models: Int) { counted = (0..<models).map { _ in [] } }

    /// Notes the requests to a model so far; times are milliseconds.
    package mutating func note(_ count: Int, to model: Int, at time: Int) {
        if counted[model].last?.time == time { return }
        counted[model].append(Count(time: time, count: count))
        // No window of an emitted query is longer than ten minutes.
        let kept = counted[model].firstIndex { $0.time > time - 600_000 } ?? 0
        if kept > 32 { counted[model].removeFirst(kept) }
    }

    /// Requests per second over a window, as `rate` gives them for a counter that is scraped evenly.
    func rate(of model: Int, window: Int, at time: Int) -> Double {
        let inside = counted[model].drop { $0.time <= time - window }
        guard let first = inside.first, let last = inside.last, last.time > first.time else { return 0 }
        return Double(last.count - first.count) * 1000 / Double(last.time - first.time)
    }
}
