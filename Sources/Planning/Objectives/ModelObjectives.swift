import Groundwork

/// The objectives of a model: its latency targets, at histogram buckets that vLLM exports, and its availability.
func objectiveGroups(_ model: Placement, _ spec: ClusterSpec) -> [RuleGroup] {
    objectives(model, spec).flatMap { objectiveGroups(of: $0, model.name) }
}

/// Describes the burn-rate windows that a model cannot have: those whose alert needs more bad requests than there are requests.
func windowsLeftOut(_ model: Placement, _ spec: ClusterSpec) -> [ReasonedText] {
    objectives(model, spec).compactMap { objective in
        let left = BurnWindow.all.filter { !objective.canBurn(in: $0) }
        guard !left.isEmpty else { return nil }
        let rates = left.map { window -> ReasonedText in "\(window.rate)× over \(window.long)" }
        let budget = (objective.budget * .constant(100, "%")).named("error budget", "%")
        return """
            The error budget of \(model.name) for its \(objective.title) is \(budget)%: it cannot burn at \
            \(rates.joined(separator: " and ")), so the alert leaves these windows out.
            """
    }
}

private func objectives(_ model: Placement, _ spec: ClusterSpec) -> [Objective] {
    let namespace = model.namespace
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.servedName)]
    var result: [Objective] = []
    if let target = model.spec.sla.timeToFirstToken {
        result.append(
            latency(
                "time-to-first-token", "time to first token", target, .timeToFirstToken, series))
    }
    if let target = model.spec.sla.timePerOutputToken {
        result.append(
            latency(
                "time-per-output-token", "time per output token", target, .timePerOutputToken,
                series))
    }
    if let target = model.spec.sla.endToEndLatency {
        result.append(latency("end-to-end-latency", "end-to-end latency", target, .endToEndLatency, series))
    }
    if let target = model.spec.sla.availability, let objective = availability(target, model, spec) {
        result.append(objective)
    }
    return result
}

/// An objective on a latency histogram: requests slower than the bucket at or below the target are bad.
private func latency(
    _ name: String, _ title: String, _ target: LatencyTarget, _ metric: MetricName,
    _ series: [PromQL.Matcher]
) -> Objective {
    let good = PromQL.select(metric, series, atMost: bucket(of: metric.metric, for: target))
    let all = PromQL.sumOfRates(metric, series, suffix: "_count")
    let sloTarget = (target.percentile.named("percentile", "%") / .constant(100, "%")).named("SLO target", "ratio")
    return Objective(name: name, title: title, target: sloTarget) { window in
        // Without traffic the ratio is NaN, which would make the monthly mean NaN: the comparison drops it.
        // Sums of the same rates may differ in their last digit.
        let ratio: ReasonedText = "clamp_min(1 - sum(rate(\(good)[\(window)])) / (\(all(window)) > 0), 0)"
        return ratio.because("the share of requests that are slower than the target")
    }
}

/// Finds the bucket of a latency histogram to use for a target: the spec checks reject a target below all of them.
private func bucket(of metric: Metric, for target: LatencyTarget) -> Reasoned {
    let limit = target.seconds.named("target", "s")
    let buckets = metric.bounds
    let index = buckets.lastIndex { $0 <= limit.value } ?? 0
    return .solved(
        "bucket", buckets[index], "s", "the largest bucket of \(metric.name) that is not above the target",
        beyond: index + 1 < buckets.count ? buckets[index + 1] : .infinity
    ) { [Condition($0, .atMost, limit)] }
}
