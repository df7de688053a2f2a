/// A model under load with its emitted scaler, in steps of the autoscaler's sync period.
struct Simulation {
    static let step = 15.0

    let scaler: EmittedScaler
    /// Replicas that another Deployment of the model has.
    let base: Int
    let coldStart: Double
    /// What one replica's sustainable load shows in a series, and the most that one replica can show of it; nil where there is none.
    let signal: (_ selector: String) -> (load: Double, most: Double?)?
    /// Whether the windows of its floors are open.
    var isInWindow = false
    private let queries: [(query: ScalarQuery, target: Double)]
    private var autoscaler: HorizontalAutoscaler
    private(set) var now = 0.0
    private(set) var replicas: Int
    /// When each replica beyond the base is ready.
    private var readyAt: [Double]
    /// What Prometheus knows of the replicas: a scrape behind.
    private var counted: Int
    private var lastActive = 0.0

    init(
        _ scaler: EmittedScaler, base: Int, coldStart: Double,
        signal: @escaping (String) -> (load: Double, most: Double?)?
    ) throws {
        queries = try scaler.metrics.map { (try ScalarQuery(reading: $0.query), $0.target) }
        self.scaler = scaler
        self.base = base
        self.coldStart = coldStart
        self.signal = signal
        autoscaler = scaler.autoscaler
        replicas = scaler.minimum
        counted = scaler.minimum
        readyAt = Array(repeating: 0, count: scaler.minimum)
    }

    /// Replicas of the whole model.
    var fleet: Int { base + replicas }

    /// Lets some time pass under a load, in replicas that would sustain it, and tells the replicas after each step.
    mutating func run(_ seconds: Double, load: (_ elapsed: Double) -> Double) -> [Int] {
        var history: [Int] = []
        let start = now
        while now - start < seconds {
            now += Self.step
            decide(load(now - start))
            history.append(replicas)
        }
        return history
    }

    private mutating func decide(_ offered: Double) {
        let ready = base + readyAt.count { $0 <= now }
        var values = queries.map { query in
            (
                value: query.query.value { [counted, signal] selector -> Double? in
                    if selector.hasPrefix("kube_deployment_status_replicas_available") { return Double(ready) }
                    if selector.hasPrefix("kube_") { return Double(counted) }
                    // A gateway is outside the pods; all else is gone with them.
                    guard ready > 0 || selector.hasPrefix("rate(") || selector.hasPrefix("istio"),
                        let (load, most) = signal(selector)
                    else { return nil }
                    // A signal that saturates shows no more than the ready replicas can.
                    return min(offered * load, most.map { $0 * Double(max(1, ready)) } ?? .infinity)
                }, target: query.target
            )
        }
        counted = replicas
        let isActive = values.contains { ($0.value ?? 0) > 0 } || isInWindow && !scaler.scheduledMinimums.isEmpty
        // Outside its window a cron trigger asks for one.
        values += scaler.scheduledMinimums.map { (value: isInWindow ? Double($0) : 1, target: 1) }
        if isActive { lastActive = now }
        var wanted = autoscaler.reconcile(at: now, spec: replicas, status: replicas, metrics: values)
        if let cooldown = scaler.cooldown {
            if replicas == 0 { wanted = isActive ? 1 : 0 }
            if !isActive, replicas > 0, now - lastActive > cooldown { wanted = 0 }
        }
        if wanted > replicas { readyAt += Array(repeating: now + coldStart, count: wanted - replicas) }
        if wanted < replicas { readyAt = Array(readyAt.sorted().prefix(wanted)) }
        replicas = wanted
    }
}
