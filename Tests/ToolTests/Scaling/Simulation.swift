import Groundwork
import Simulate

/// A model under load with its emitted scaler.
struct Simulation {
    let scaler: EmittedScaler
    /// Replicas that another Deployment of the model has.
    let base: Int
    /// In milliseconds.
    let coldStart: Int
    /// What one replica's sustainable load shows in a series, and the most that one replica can show of it; nil where there is none.
    let signal: (_ selector: String) -> (load: Double, most: Double?)?
    /// Whether the windows of its scheduled minimums are open.
    var isInWindow = false
    private let queries: [Int: ScalarQuery]
    private let minimums: [Int: Int]
    private var workload: ScaledDeployment
    private(set) var now = VirtualTime.start
    /// The replicas in Prometheus: a scrape behind.
    private var counted: Int

    init(
        _ scaler: EmittedScaler, base: Int, coldStart: Int, kubernetes: Version,
        signal: @escaping (String) -> (load: Double, most: Double?)?
    ) throws {
        queries = try scaler.queries.mapValues { try ScalarQuery(reading: $0) }
        self.scaler = scaler
        self.base = base
        self.coldStart = coldStart * 1000
        self.signal = signal
        counted = scaler.minimum
        let settings = HPASettings(kubernetes: kubernetes)
        let deployment = DeploymentController(DeploymentSpec(replicas: scaler.minimum, endSeconds: 0), created: .start)
        var minimums: [Int: Int] = [:]
        switch scaler.kind {
        case .plain(let spec): workload = ScaledDeployment(deployment, spec, settings, at: .start)
        case .keda(var spec):
            // The test opens and closes the windows, so that a day need not pass.
            for (index, trigger) in spec.triggers.enumerated() {
                guard case .cron(let cron) = trigger.kind else { continue }
                minimums[index] = cron.replicas
                spec.triggers[index] = KEDATrigger(.other("cron"), threshold: trigger.threshold)
            }
            workload = ScaledDeployment(deployment, spec, settings, at: .start, epoch: Instant(seconds: 0))
        }
        self.minimums = minimums
        workload.change { Self.serve(&$0, at: .start, after: 0) }
    }

    var replicas: Int { workload.replicas }
    /// Replicas of the whole model.
    var fleet: Int { base + replicas }

    /// Lets some time pass under a load, in replicas that would sustain it, and gives the replicas after each reconcile of the HPA.
    mutating func run(_ seconds: Int, load: (_ elapsed: Double) -> Double) -> [Int] {
        var history: [Int] = []
        let start = now
        now = start + seconds * 1000
        while let next = workload.next, next <= now {
            let isReconciled = workload.autoscaler?.next == next
            let before = workload.replicas
            step(at: next, load(Double(next - start) / 1000))
            guard isReconciled else { continue }
            counted = before
            history.append(replicas)
        }
        return history
    }

    private mutating func step(at time: VirtualTime, _ offered: Double) {
        workload.change { [coldStart] in Self.serve(&$0, at: time, after: coldStart) }
        let ready = base + workload.deployment.available(at: time)
        let value = { [queries, counted, signal] (index: Int) -> Double? in
            queries[index]?.value { selector -> Double? in
                if selector.hasPrefix("kube_deployment_status_replicas_available") { return Double(ready) }
                if selector.hasPrefix("kube_") { return Double(counted) }
                // A gateway is outside the pods; all else is gone with them.
                guard ready > 0 || selector.hasPrefix("rate(") || selector.hasPrefix("istio"),
                    let (load, most) = signal(selector)
                else { return nil }
                // A signal that saturates shows no more than the ready replicas can.
                return min(offered * load, most.map { $0 * Double(max(1, ready)) } ?? .infinity)
            }
        }
        workload.step(
            at: time,
            trigger: { [minimums, isInWindow] index in
                if let least = minimums[index] { return .value(isInWindow ? Double(least) : 0) }
                return value(index).map { .value($0) } ?? .empty
            }, metric: { index in value(index).map { .value(Int(($0 * 1000).rounded(.down))) } ?? .failed })
    }

    /// Gives every pod a node, and lets those serve that are old enough.
    private static func serve(_ deployment: inout DeploymentController, at time: VirtualTime, after coldStart: Int) {
        for pod in deployment.pods where !pod.isReady {
            if pod.node == nil {
                deployment.record(pod.id, .bound(node: "node"), at: pod.created)
                deployment.record(pod.id, .runs, at: pod.created)
            }
            if pod.created + coldStart <= time { deployment.record(pod.id, .becomesReady, at: time) }
        }
    }
}
