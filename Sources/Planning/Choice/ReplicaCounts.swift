import Groundwork

/// How many replicas the traffic needs, and why.
package struct ReplicaCounts<N: Arithmetic>: Sendable {
    package let least: N
    package let most: N
    /// The minimum if a new replica were ready at once.
    let leastAtOnce: N
    /// Replicas lost with one node: all that it holds or, if they are spread evenly over two, as many as remain; 0 if that may miss the
    /// objective.
    let lost: N

    /// The replicas that traffic needs, given the rate per replica and the replicas per node.
    init(_ demand: Demand, _ workload: Workload, _ traffic: TrafficSpec, rate: N, perNode: N) {
        let steady: N = .given("steady traffic", traffic.steady, "requests/s")
        let peak: N = .given("peak traffic", traffic.peak, "requests/s")
        let up: N = .given("scale up", demand.scaleUp, "ratio")
        let comfortable = (steady / (up * rate)).roundedUp.named("replicas at the scale-up threshold", "replicas")
        let bare = (steady / rate).roundedUp.named("replicas at full load", "replicas")
        lost = Self.lost(demand, perNode, bare)
        let growing = Self.growth(demand.model, workload, traffic, peak - steady).map {
            ($0 / ((1 - up) * rate)).roundedUp.named("replicas for traffic growth", "replicas")
        }
        let withoutNode = (bare + lost).named("replicas with one node lost", "replicas")
        let standing = N.most(1, comfortable, withoutNode)
        leastAtOnce = standing
        least = (growing.map { N.maximum(standing, $0) } ?? standing).named("minimum replicas", "replicas")
        most = N.maximum(least, (peak / (up * rate)).roundedUp).named("maximum replicas", "replicas")
    }

    /// Counts that the spec sets.
    init(_ given: ReplicasSpec) {
        least = .given("minimum replicas", given.min, "replicas")
        most = .given("maximum replicas", given.max, "replicas")
        leastAtOnce = least
        lost = 0
    }

    /// One replica, if the spec sets neither traffic nor replicas.
    fileprivate init() {
        least = .given("replicas", 1, "replicas", .convention("without `traffic` or `replicas`, one replica runs"))
        most = least
        leastAtOnce = least
        lost = 0
    }

    /// Requests per second that all replicas sustain.
    func carried(rate: N) -> N { most * rate }

    private static func lost(_ demand: Demand, _ perNode: N, _ bare: N) -> N {
        if demand.model.priority.value == .bestEffort {
            return .given(
                "replicas on a lost node", 0, "replicas",
                .inferred(
                    Inference(
                        "best-effort models keep no replicas for a lost node",
                        [Ingredient("priority", demand.model.priority)])))
        }
        return (demand.standsEvenly ? .minimum(perNode, bare) : perNode).named("replicas on a lost node", "replicas")
    }

    /// How much traffic grows during one cold start; nil for batch models, whose requests can wait.
    private static func growth(_ model: ModelSpec, _ workload: Workload, _ traffic: TrafficSpec, _ span: N) -> N? {
        guard model.workloadClass.value != .batch else { return nil }
        let ramp: N = traffic.ramp.map { .given("ramp", $0, "s") } ?? .given(Defaults.ramp)
        let share = N.minimum(1, ColdStart<N>(model, workload).total / ramp)
        return (span * share).named("traffic growth during a cold start", "requests/s")
    }
}

/// Counts replicas: what the spec sets, else what traffic needs with one node lost and while it grows.
func replicaCounts<N: Arithmetic>(_ demand: Demand, _ workload: Workload, rate: N, perNode: N) -> ReplicaCounts<N> {
    if let given = demand.model.replicas { return ReplicaCounts(given) }
    guard let traffic = demand.model.traffic else { return ReplicaCounts() }
    return ReplicaCounts(demand, workload, traffic, rate: rate, perNode: perNode)
}
