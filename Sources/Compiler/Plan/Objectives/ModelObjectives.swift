/// The objectives of a model: its latency targets on real histogram buckets, and its availability.
func objectiveGroups(_ model: Placement, _ spec: ClusterSpec) -> [RuleGroup] {
    objectives(model, spec).flatMap { objectiveGroups(of: $0, model.name) }
}

/// Says which alerts on error budgets a model cannot have: those that would take more bad requests than there are requests.
func windowsLeftOut(_ model: Placement, _ spec: ClusterSpec) -> [String] {
    objectives(model, spec).compactMap { objective in
        let budget = rounded(1 - objective.target.value, decimals: 6)
        let left = BurnWindow.all.filter { $0.factor * budget >= 1 }
        guard !left.isEmpty else { return nil }
        let factors = left.map { "\(PromQL.number($0.factor))× over \($0.long)" }.joined(separator: " and ")
        return
            "The error budget of \(model.name) for its \(objective.title) is \(PromQL.number(budget * 100))%: it cannot burn at "
            + "\(factors), and the alert goes without."
    }
}

private func objectives(_ model: Placement, _ spec: ClusterSpec) -> [Objective] {
    let namespace = spec.platform.namespace.value
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.name)]
    var result: [Objective] = []
    if let target = model.spec.sla.timeToFirstToken {
        result.append(
            latency(
                "time-to-first-token", "time to first token", target, Metrics.timeToFirstToken, series))
    }
    if let target = model.spec.sla.timePerOutputToken {
        result.append(
            latency(
                "time-per-output-token", "time per output token", target, Metrics.timePerOutputToken,
                series))
    }
    if let target = model.spec.sla.availability, let objective = availability(target, model, spec) {
        result.append(objective)
    }
    return result
}

/// An objective on a latency histogram: requests slower than the bucket at or below the target are bad.
private func latency(
    _ name: String, _ title: String, _ target: LatencyTarget, _ metric: Metric,
    _ series: [PromQL.Matcher]
) -> Objective {
    let bucket = derive("the greatest bucket of \(metric.name) not above the target", ("target, s", target.seconds)) {
        seconds in
        metric.buckets.last { $0 <= seconds + 1e-9 } ?? metric.buckets[0]
    }
    let good = bucket.map { bound in
        PromQL.sumOfRates(metric, series + [.equals("le", PromQL.bucket(bound))], suffix: "_bucket")
    }
    let all = PromQL.sumOfRates(metric, series, suffix: "_count")
    return Objective(name: name, title: title, target: target.percentile.map { Double($0) / 100 }) { window in
        // Without traffic the ratio is not a number, which would poison the monthly mean: the comparison drops it.
        // Sums of the same rates may differ in their last digit.
        good.map { "clamp_min(1 - \($0(window)) / (\(all(window)) > 0), 0)" }
    }
}
