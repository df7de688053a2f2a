import Diagnostics
import Groundwork
import Simulate

/// What is simulated of a cluster: its traffic, and what happens to it.
package struct LoadScenario: Sendable {
    /// Models whose load has the shape; all if empty, the others keep their steady load.
    package var models: [String] = []
    package var shape = LoadShape.usual
    /// Recorded requests instead of a shape.
    package var trace: [ModelRequest]?
    /// What every rate is multiplied with.
    package var rate = 1.0
    package var incidents: [Incident] = []
    package var runs = 1
    package var seed: UInt64 = 1
    /// Seconds; nil for the usual length of the shape.
    package var duration: Double?

    /// Whether the alerts of the tree are evaluated, and how Prometheus does it.
    package var hasAlerts = false
    package var prometheus = PrometheusBehavior()
    /// Milliseconds between two moments at which readings may begin.
    package var phaseStep = 1

    package init() {}

    /// Seconds that are simulated.
    package var seconds: Double {
        if let duration { return duration }
        if let last = trace?.last { return max(60, (last.arrival + 60).rounded(.up)) }
        if case .surge(_, let at, let length) = shape { return at + (length ?? 0) + 7200 }
        return 86_400
    }
}

/// A tree of manifests with what is known of its models.
package struct SimulatedCluster: Sendable {
    /// How it is called in reports.
    package let name: String
    package let objects: [ManifestValue]
    package var plan: SimulatedPlan

    package init(name: String, objects: [ManifestValue], plan: SimulatedPlan) {
        self.name = name
        self.objects = objects
        self.plan = plan
    }
}

/// Simulates a cluster as often as a scenario says; nil if it cannot be simulated, which is reported.
package func simulate(_ cluster: SimulatedCluster, _ scenario: LoadScenario, _ report: inout Report) -> [ReplayResult]?
{
    var problems: [UnreadableField] = []
    let tree = SimulatedTree(completed(cluster, &report), cluster.plan.conditions, &problems)
    for problem in problems {
        report.error("not-simulated", problem.message, at: problem.place, label: "not simulated")
    }
    guard !report.hasErrors else { return nil }
    let known = Dictionary(cluster.plan.models.map { ($0.servedName, $0) }) { first, _ in first }
    let names = tree.models.map { known[$0]?.name ?? $0 }
    for name in scenario.models where !names.contains(name) {
        report.error(
            "simulated-model-not-found", "no Deployment serves the model `\(name)`", at: nil,
            help: ["use one of \(names.map { "`\($0)`" }.joined(separator: ", "))"])
    }
    for name in tree.models where known[name] == nil {
        report.error(
            "operating-point-unknown", "the operating point of the model `\(name)` is unknown", at: nil,
            help: ["set it with `--operating-point`"])
    }
    let incidents = scenario.incidents.map { incident in
        guard case .rollout(let model?) = incident.kind, let place = names.firstIndex(of: model) else {
            return incident
        }
        return Incident(at: incident.time, .rollout(model: tree.models[place]), length: incident.length)
    }
    for incident in incidents { check(incident, tree, scenario, &report) }
    guard !report.hasErrors else { return nil }
    let models = tree.models.compactMap { known[$0] }.map { simulated($0, scenario) }
    return (0..<scenario.runs).map { run in
        var input = ReplayInput(
            tree: tree, models: models, incidents: incidents, duration: Int(scenario.seconds * 1000),
            seed: scenario.seed &+ UInt64(run), epoch: monday(in: cluster.plan.timezone))
        let launch = cluster.plan.models.map(\.nodeLaunch).max() ?? 90_000
        input.cloud.launch = min(5_000, launch)
        input.cloud.join = (launch - input.cloud.launch) * 2 / 3
        input.cloud.initialize = launch - input.cloud.launch - input.cloud.join
        input.hasAlerts = scenario.hasAlerts
        input.prometheus = scenario.prometheus
        input.phaseStep = scenario.phaseStep
        input.cloud.hasInterruptionQueue = cluster.plan.hasInterruptionQueue
        return replay(input)
    }
}

/// Reports an incident that does not concern the tree.
private func check(_ incident: Incident, _ tree: SimulatedTree, _ scenario: LoadScenario, _ report: inout Report) {
    func missing(_ what: String, _ name: String, _ all: [String]) {
        report.error(
            "event-subject-not-found", "the event names the \(what) `\(name)`, which does not exist", at: nil,
            help: all.isEmpty ? [] : ["use one of \(all.map { "`\($0)`" }.joined(separator: ", "))"])
    }
    switch incident.kind {
    case .lostZone(let zone): if !tree.zones.contains(zone) { missing("zone", zone, tree.zones) }
    case .spotInterruption(let pool?):
        if !tree.pools.map(\.name).contains(pool) { missing("pool", pool, tree.pools.map(\.name)) }
    case .noCapacity(let type):
        if !tree.types.map(\.name).contains(type) { missing("instance type", type, tree.types.map(\.name)) }
    case .rollout(let model?): if !tree.models.contains(model) { missing("model", model, tree.models) }
    case .spotInterruption(nil), .spotGone, .prometheusDown, .rollout(nil): break
    }
    if Double(incident.time.milliseconds) > scenario.seconds * 1000 {
        report.error(
            "event-after-end", "the event `\(incident.words)` comes after the end of the simulation", at: nil,
            help: ["set a longer `--duration`"])
    }
}

/// A model under its load.
private func simulated(_ model: SimulatedPlan.Model, _ scenario: LoadScenario) -> SimulatedModel {
    let isShaped = scenario.models.isEmpty || scenario.models.contains(model.name)
    // A model without traffic in its spec is loaded with what its least replicas sustain at 60%.
    let traffic =
        model.traffic
        ?? UsualTraffic(
            steady: 0.6 * model.requestsPerSecond, peak: model.requestsPerSecond, busy: 0.6 * model.requestsPerSecond,
            ramp: 1800, hours: nil)
    let origin: RequestSource.Origin
    if let trace = scenario.trace, isShaped {
        origin = .recorded(trace)
    } else {
        let shape = isShaped ? scenario.shape : scenario.shape == .usual ? .usual : .steady
        let curve = shape.curve(traffic, seconds: scenario.seconds).scaled(by: scenario.rate)
        origin = .random(curve, .random(input: model.input, output: model.output))
    }
    return SimulatedModel(
        name: model.name, times: model.times, requests: origin, latency: model.latency, ttft: model.ttft,
        tpot: model.tpot, imagePull: model.imagePull, load: model.load, gpus: model.gpus)
}

/// Midnight before a Monday, as clocks in a time zone show it.
private func monday(in timezone: String) -> Instant {
    // 2026-01-05.
    let midnight = Instant(seconds: 1_767_571_200)
    let ahead = (ZoneClock(timezone)?.local(midnight) ?? midnight.seconds) - midnight.seconds
    return Instant(seconds: midnight.seconds - ahead)
}
