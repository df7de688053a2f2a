import Groundwork

/// How many replicas traffic asks for, and why.
package struct ReplicaCounts<N: Arithmetic>: Sendable {
    package let least: N
    package let most: N
    /// Replicas that the loss of one node takes, as many as it holds or, where they stand evenly on two, as stay; 0 where that may break the
    /// promise.
    let lost: N

    /// What traffic needs of replicas of a rate, so many to a node.
    init(_ demand: Demand, _ workload: Workload, _ traffic: TrafficSpec, rate: N, perNode: N) {
        let steady: N = .given("steady traffic", traffic.steady, "requests/s")
        let peak: N = .given("peak traffic", traffic.peak, "requests/s")
        let up: N = .given("scale up", demand.scaleUp, "ratio")
        let comfortable = (steady / (up * rate)).roundedUp.named("replicas at the scale-up threshold", "replicas")
        let bare = (steady / rate).roundedUp.named("replicas at their limit", "replicas")
        lost = Self.lost(demand, perNode, bare)
        let growing = Self.growth(demand.model, workload, traffic, peak - steady).map {
            ($0 / ((1 - up) * rate)).roundedUp.named("replicas that growth fills", "replicas")
        }
        let withoutNode = (bare + lost).named("replicas with a node lost", "replicas")
        let standing = N.most(1, comfortable, withoutNode)
        least = (growing.map { N.maximum(standing, $0) } ?? standing).named("minimum replicas", "replicas")
        most = N.maximum(least, (peak / (up * rate)).roundedUp).named("maximum replicas", "replicas")
    }

    /// Counts that the spec gives.
    init(_ given: ReplicasSpec) {
        least = .given("minimum replicas", given.min, "replicas")
        most = .given("maximum replicas", given.max, "replicas")
        lost = 0
    }

    /// One replica, where the spec gives neither traffic nor replicas.
    fileprivate init() {
        least = .given("replicas", 1, "replicas", .convention("without traffic or replicas one replica runs"))
        most = least
        lost = 0
    }

    /// Requests per second that all replicas sustain, so many each.
    func carried(rate: N) -> N { most * rate }

    private static func lost(_ demand: Demand, _ perNode: N, _ bare: N) -> N {
        if demand.model.priority.value == .bestEffort {
            return .given(
                "replicas on a lost node", 0, "replicas",
                .inferred(
                    Inference(
                        "best-effort models keep none for it", [Ingredient("priority", demand.model.priority)])))
        }
        return (demand.standsEvenly ? .minimum(perNode, bare) : perNode).named("replicas on a lost node", "replicas")
    }

    /// What traffic grows by during one cold start; nil for batch models: what they get meanwhile may wait.
    private static func growth(_ model: ModelSpec, _ workload: Workload, _ traffic: TrafficSpec, _ span: N) -> N? {
        guard model.workloadClass.value != .batch else { return nil }
        let ramp: N = traffic.ramp.map { .given("ramp", $0, "s") } ?? .given(Defaults.ramp)
        let share = N.minimum(1, ColdStart<N>(model, workload).total / ramp)
        return (span * share).named("growth during a cold start", "requests/s")
    }
}

/// Counts replicas: what the spec says, else what traffic needs when a node is lost and while it grows.
func replicaCounts<N: Arithmetic>(_ demand: Demand, _ workload: Workload, rate: N, perNode: N) -> ReplicaCounts<N> {
    if let given = demand.model.replicas { return ReplicaCounts(given) }
    guard let traffic = demand.model.traffic else { return ReplicaCounts() }
    return ReplicaCounts(demand, workload, traffic, rate: rate, perNode: perNode)
}
