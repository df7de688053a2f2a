/// What counters had of the requests to each model at the last scrapes.
package struct RequestCounts: Sendable {
    /// The counts of one scrape.
    struct Count: Sendable {
        let time: Int
        /// The requests that arrived, as a gateway counts them.
        let arrived: Int
        /// The requests that replicas rejected.
        let rejected: Int
    }

    /// For each model, the oldest first.
    private var counted: [[Count]]

    package init(models: Int) { counted = (0..<models).map { _ in [] } }

    /// Notes the requests to a model so far; times are milliseconds.
    package mutating func note(arrived: Int, rejected: Int, of model: Int, at time: Int) {
        if counted[model].last?.time == time { return }
        counted[model].append(Count(time: time, arrived: arrived, rejected: rejected))
        // No window of an emitted query is longer than ten minutes.
        let kept = counted[model].firstIndex { $0.time > time - 600_000 } ?? 0
        if kept > 32 { counted[model].removeFirst(kept) }
    }

    /// Requests per second over a window, as `rate` gives them for a counter that is scraped evenly.
    func rate(_ counter: KeyPath<Count, Int>, of model: Int, window: Int, at time: Int) -> Double {
        let inside = counted[model].drop { $0.time <= time - window }
        guard let first = inside.first, let last = inside.last, last.time > first.time else { return 0 }
        return Double(last[keyPath: counter] - first[keyPath: counter]) * 1000 / Double(last.time - first.time)
    }
}
