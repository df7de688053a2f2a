/// The arithmetic of Kubernetes' HorizontalPodAutoscaler for metrics with an AverageValue, as of 1.36.
///
/// Followed are `replica_calculator.go` and, where `behavior` is given, `normalizeDesiredReplicasWithBehaviors` of `horizontal.go`.
struct HorizontalAutoscaler {
    /// One direction of `behavior`.
    struct Direction {
        var tolerance = 0.1
        var window: Double
        var policies: [Policy]
    }

    /// How far replicas may change within a period.
    enum Policy {
        case pods(Int, period: Double)
        case percent(Int, period: Double)
    }

    let bounds: ClosedRange<Int>
    let up: Direction
    let down: Direction
    private var recommendations: [(replicas: Int, time: Double)] = []
    private var changes: [(replicas: Int, time: Double)] = []

    init(_ bounds: ClosedRange<Int>, up: Direction, down: Direction) {
        self.bounds = bounds
        self.up = up
        self.down = down
    }

    /// Decides on the replicas; a metric without a value is an error.
    mutating func reconcile(
        at now: Double, spec: Int, status: Int, metrics: [(value: Double?, target: Double)]
    ) -> Int {
        if spec == 0 { return 0 }
        if spec > bounds.upperBound { return bounds.upperBound }
        if spec < bounds.lowerBound { return bounds.lowerBound }
        if recommendations.isEmpty { recommendations = [(spec, now)] }
        let proposals = metrics.compactMap { metric in metric.value.map { proposal($0, metric.target, status) } }
        guard let most = proposals.max(), proposals.count == metrics.count || most >= spec else { return spec }
        let wanted = limited(stabilized(most, spec, now), spec, now)
        // What is older than both windows counts no more.
        recommendations.removeAll { $0.time <= now - max(up.window, down.window) }
        recommendations.append((most, now))
        if wanted != spec { changes.append((wanted - spec, now)) }
        return wanted
    }

    /// Quantities are thousandths.
    private func proposal(_ value: Double, _ target: Double, _ status: Int) -> Int {
        let (usage, share) = ((value * 1000).rounded(.down), (target * 1000).rounded())
        let ratio = usage / (share * Double(status))
        if ratio >= 1 - down.tolerance, ratio <= 1 + up.tolerance { return status }
        return Int((usage / share).rounded(.up))
    }

    private func stabilized(_ wanted: Int, _ spec: Int, _ now: Double) -> Int {
        func recent(_ window: Double) -> [Int] { recommendations.filter { $0.time > now - window }.map(\.replicas) }
        let floor = min(wanted, recent(up.window).min() ?? wanted)
        let ceiling = max(wanted, recent(down.window).max() ?? wanted)
        return min(max(spec, floor), max(ceiling, floor))
    }

    private func limited(_ wanted: Int, _ spec: Int, _ now: Double) -> Int {
        func start(_ period: Double) -> Int {
            spec - changes.filter { $0.time > now - period }.reduce(0) { $0 + $1.replicas }
        }
        if wanted > spec {
            let limit =
                up.policies.map { policy in
                    switch policy {
                    case .pods(let count, let period): start(period) + count
                    case .percent(let share, let period):
                        Int((Double(start(period)) * (1 + Double(share) / 100)).rounded(.up))
                    }
                }.max() ?? spec
            return min(wanted, min(bounds.upperBound, max(limit, spec)))
        }
        guard wanted < spec else { return wanted }
        let limit =
            down.policies.map { policy in
                switch policy {
                case .pods(let count, let period): start(period) - count
                case .percent(let share, let period): Int(Double(start(period)) * (1 - Double(share) / 100))
                }
            }.min() ?? spec
        return max(wanted, max(bounds.lowerBound, min(limit, spec)))
    }
}
