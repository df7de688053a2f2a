import Groundwork

/// The alerts of a tree over the series of a simulation.
struct AlertWatch: Sendable {
    /// An alert that fired.
    struct Firing: Sendable {
        let since: VirtualTime
        let name: String
        let labels: SeriesLabels
    }

    var store = SeriesStore()
    /// The alerts that read what is not simulated.
    let leftOut: [String]
    private var groups: [RuleGroup]
    private var due: [VirtualTime]
    private(set) var firing: [Firing] = []
    private let behavior: PrometheusBehavior
    /// The times of series are positive.
    private let shift: Int

    /// The metrics that a simulation has series of.
    static let metrics: Set<String> = [
        "vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:kv_cache_usage_perc",
        "vllm:num_preemptions_total", "vllm:admission_rejections_total", "vllm:request_success_total",
        "vllm:time_to_first_token_seconds_bucket",
        "vllm:time_to_first_token_seconds_count", "vllm:request_time_per_output_token_seconds_bucket",
        "vllm:request_time_per_output_token_seconds_count", "kube_deployment_spec_replicas",
        "kube_deployment_status_replicas", "kube_deployment_status_replicas_available",
        "kube_statefulset_replicas", "kube_statefulset_status_replicas", "kube_statefulset_status_replicas_available",
        "kube_horizontalpodautoscaler_status_current_replicas", "kube_horizontalpodautoscaler_status_desired_replicas",
        "kube_horizontalpodautoscaler_spec_max_replicas", "kube_horizontalpodautoscaler_spec_min_replicas",
        "kube_horizontalpodautoscaler_status_condition", "kube_pod_status_ready", "kube_pod_status_phase",
        "kube_pod_deletion_timestamp", "karpenter_nodepools_usage", "karpenter_nodepools_limit",
    ]

    /// Reads the rules of a tree; those that read other metrics are left out, with the rules that read what they record.
    init(_ rules: [ManifestValue], from start: VirtualTime, _ behavior: PrometheusBehavior) {
        self.behavior = behavior
        shift = -start.milliseconds
        var read: [RuleGroup] = []
        var leftOut: [String] = []
        for object in rules {
            let (groups, rejections) = ruleGroups(object, behavior)
            read += groups
            leftOut += rejections.map(\.rule)
        }
        var known = Self.metrics
        var size = 0
        // A rule may read what one of another group records.
        while size != known.count {
            size = known.count
            for rule in read.flatMap(\.rules) where rule.reads(only: known) {
                if case .record(let name) = rule.purpose { known.insert(name) }
            }
        }
        var kept: [RuleGroup] = []
        for group in read {
            let rules = group.rules.filter { $0.reads(only: known) }
            for rule in group.rules where !rule.reads(only: known) {
                if case .alert(let name, _, _) = rule.purpose { leftOut.append(name) }
            }
            if !rules.isEmpty { kept.append(RuleGroup(group.name, every: group.interval, rules)) }
        }
        groups = kept
        self.leftOut = leftOut.distinct.sorted()
        due = kept.map { start + $0.interval }
    }

    /// The milliseconds of a moment in the series.
    func time(_ now: VirtualTime) -> Int { now.milliseconds + shift }

    /// When a group is due next.
    var next: VirtualTime? { due.min() }

    /// Evaluates the groups that are due; returns the alerts that began and those that stopped to fire.
    mutating func evaluate(at now: VirtualTime, isUp: Bool) -> (begun: [Firing], ended: [Firing]) {
        var hasRun = false
        for place in groups.indices where due[place] <= now {
            due[place] = now + groups[place].interval
            guard isUp else { continue }
            groups[place].evaluate(at: time(now), &store, behavior)
            hasRun = true
        }
        guard hasRun else { return ([], []) }
        let active = groups.flatMap(\.active).filter { $0.state == .firing }.map(\.labels)
        let ended = firing.filter { !active.contains($0.labels) }
        let known = firing.map(\.labels)
        let begun = active.filter { !known.contains($0) }.map { labels in
            Firing(since: now, name: labels["alertname"], labels: labels)
        }
        firing = firing.filter { active.contains($0.labels) } + begun
        return (begun, ended)
    }
}

extension QueryRule {
    /// Whether it reads nothing but some metrics.
    fileprivate func reads(only known: Set<String>) -> Bool {
        query.selectors.allSatisfy { $0.content.name.map(known.contains) ?? false }
    }
}

extension [String] {
    /// Each of them once.
    fileprivate var distinct: [String] { Array(Set(self)) }
}
