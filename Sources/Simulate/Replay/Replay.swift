import Groundwork

/// A cluster with its traffic on one virtual clock.
///
/// Requests reach replicas, scrapes read replicas, scalers read scrapes, Deployments follow scalers, the scheduler and Karpenter follow
/// Deployments, and pods become replicas after their cold start.
struct Replay {
    let input: ReplayInput
    var models: [ModelRun]
    var workloads: [WorkloadRun]
    var loads: [ScrapedLoad]
    var cluster = ClusterState()
    var scheduler = NodeScheduler()
    var karpenter: Karpenter
    var now: VirtualTime
    var entries: [ReplayEntry] = []
    var preemptions: [ReplayResult.Preempted] = []
    var timeline: ReplayTimeline

    /// When each job is due next.
    var scrapes: [VirtualTime]
    /// The earliest of all readings, and of all steps of autoscalers.
    var scrapeDue: VirtualTime
    var scalerDue: VirtualTime
    /// The next step of each autoscaler; the end of time for none.
    var scalers: [VirtualTime]
    var statusDue: VirtualTime
    var rulesDue: VirtualTime
    var karpenterDue: VirtualTime
    var sampleDue: VirtualTime
    var endsDue: VirtualTime?
    /// Pods that become ready, by time.
    var starts: [(time: VirtualTime, workload: Int, pod: String)] = []
    /// The incidents that have begun, and those whose end has been seen.
    var begun: Set<Int> = []
    /// The version of the cluster after the last attempts of the scheduler.
    var scheduled = -1
    /// Whether pods or nodes changed since the scheduler and Karpenter looked last.
    var isChanged = true
    /// When nodes have the images that they run, by node and image.
    var images: [String: VirtualTime] = [:]
    var counts: RequestCounts
    /// The values of recorded queries at the last evaluation of their rules.
    var recorded: [[Double?]]
    /// The reasons of the NodePools for which pods are pending, and what was told of them last.
    var pendingReasons: [String: (all: [String], told: String)] = [:]
    var reconciles = 0
    /// The alerts; nil if they are not evaluated.
    var watch: AlertWatch?
    /// The pods of each workload in the last scrape, and in the last of kube-state-metrics.
    var scrapedPods: [Int: Set<String>] = [:]
    var knownPods: [Int: Set<String>] = [:]
    /// Passes of Karpenter's disruption controller in a row that found nothing.
    var idlePasses = 0

    init(_ input: ReplayInput) {
        self.input = input
        let start = VirtualTime.start - input.warmUp
        now = start
        var phases = SeededNumbers(seed: input.seed, stream: -1)
        let settings = HPASettings(kubernetes: input.tree.conditions.kubernetes)
        let minutes = (input.duration + 59_999) / 60_000
        models = input.models.enumerated().map { place, model in
            ModelRun(
                model, from: Double(start.milliseconds) / 1000, minutes: minutes, seed: input.seed, stream: place,
                hasBuckets: input.hasAlerts)
        }
        workloads = input.tree.workloads.map { workload in
            // The scalers come when the first replicas are ready, at any time of a polling interval but on no whole second.
            let phase = input.warmUp / 4 + phases.below(30_000) / 1000 * 1000 + 1 + phases.below(999)
            return WorkloadRun(workload, settings, at: start, phase: phase, epoch: input.epoch)
        }
        loads = workloads.map { _ in ScrapedLoad() }
        recorded = input.tree.queries.map { $0.map { _ in nil } }
        counts = RequestCounts(models: models.count)
        func phase(within interval: Int) -> Int { phases.below(interval) / input.phaseStep * input.phaseStep }
        scrapes = workloads.map { start + phase(within: $0.workload.scrape) }
        statusDue = start + phase(within: Self.statusInterval)
        rulesDue = start + phase(within: Self.ruleInterval)
        (scrapeDue, scalerDue, karpenterDue, sampleDue) = (start, start, start, .start)
        scalers = workloads.map { $0.next ?? .never }
        karpenter = Karpenter(
            pools: input.tree.pools, types: input.tree.types, daemons: input.tree.daemons, cloud: input.cloud,
            epoch: input.epoch)
        timeline = ReplayTimeline(input)
        if input.hasAlerts { watch = AlertWatch(input.tree.rules, from: start, input.prometheus) }
        for given in input.tree.given { cluster.add(given.node) }
        cluster.limits = input.tree.limits
    }

    /// kube-state-metrics is scraped so often by kube-prometheus-stack, milliseconds.
    static let statusInterval = 30_000
    /// Recording rules of loads are evaluated so often, milliseconds.
    static let ruleInterval = 15_000

    /// Runs to the end.
    mutating func run() {
        let end = VirtualTime(milliseconds: input.duration)
        while now <= end {
            step()
            now = next
        }
        now = end
        // What waits at the end is served without further arrivals, so that no request is left out.
        for place in models.indices {
            models[place].takeRequests(until: Double(input.duration) / 1000)
            models[place].advance(beyond: Double(input.duration) / 1000)
        }
    }

    /// The next moment at which something is due.
    private var next: VirtualTime {
        var next = min(scrapeDue, scalerDue, karpenterDue, sampleDue)
        if let ends = endsDue, ends < next { next = ends }
        if let alerts = watch?.next, alerts < next { next = alerts }
        for start in starts where start.time < next { next = start.time }
        for (place, incident) in input.incidents.enumerated() {
            if !begun.contains(place) { next = min(next, max(now + 1, incident.time)) }
            if let length = incident.length, incident.time + length > now { next = min(next, incident.time + length) }
        }
        return max(next, now + 1)
    }

    private mutating func step() {
        if !input.incidents.isEmpty { beginIncidents() }
        endPods()
        startReplicas()
        scrape()
        evaluateAlerts()
        stepScalers()
        if isChanged || karpenterDue <= now { settle() }
        if sampleDue <= now { sample() }
    }

    /// Virtual seconds.
    var seconds: Double { Double(now.milliseconds) / 1000 }

    /// Whether Prometheus answers.
    var hasPrometheus: Bool {
        !input.incidents.contains { $0.kind == .prometheusDown && $0.holds(at: now) }
    }

    mutating func tell(_ kind: ReplayEntry.Kind, _ subject: String, _ text: String, delay: String = "") {
        guard now >= .start else { return }
        entries.append(ReplayEntry(now, kind, subject, text, delay: delay))
    }
}

/// Simulates a cluster with its traffic.
package func replay(_ input: ReplayInput) -> ReplayResult {
    var replay = Replay(input)
    replay.run()
    return replay.result
}
