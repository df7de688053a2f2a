/// The objectives of a model: its latency targets on real histogram buckets, and its availability.
func objectiveGroups(_ model: Placement, _ spec: ClusterSpec) -> [RuleGroup] {
    objectives(model, spec).flatMap { objectiveGroups(of: $0, model.name) }
}

private func objectives(_ model: Placement, _ spec: ClusterSpec) -> [Objective] {
    let namespace = spec.platform.namespace.value
    let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.name)]
    var result: [Objective] = []
    if let target = model.spec.sla.timeToFirstToken {
        result.append(
            latency(
                "time-to-first-token", "time to first token", target, Metrics.timeToFirstToken,
                Metrics.firstTokenBuckets, series))
    }
    if let target = model.spec.sla.timePerOutputToken {
        result.append(
            latency(
                "time-per-output-token", "time per output token", target, Metrics.timePerOutputToken,
                Metrics.perTokenBuckets, series))
    }
    if let target = model.spec.sla.availability, let objective = availability(target, model, spec) {
        result.append(objective)
    }
    return result
}

/// An objective on a latency histogram: requests slower than the bucket at or below the target are bad.
private func latency(
    _ name: String, _ title: String, _ target: LatencyTarget, _ metric: Metric, _ buckets: [Double],
    _ series: [PromQL.Matcher]
) -> Objective {
    let bucket = derive("the greatest bucket of \(metric.name) not above the target", ("target, s", target.seconds)) {
        seconds in
        buckets.last { $0 <= seconds + 1e-9 } ?? buckets[0]
    }
    return Objective(name: name, title: title, target: target.percentile.map { Double($0) / 100 }) { window in
        bucket.map { bound in
            let good = PromQL.sum(
                PromQL.rate(metric, series + [.equals("le", PromQL.bucket(bound))], window, suffix: "_bucket"))
            let all = PromQL.sum(PromQL.rate(metric, series, window, suffix: "_count"))
            // Without traffic the ratio is not a number, which would poison the monthly mean: the comparison drops it.
            // Sums of the same rates may differ in their last digit.
            return "clamp_min(1 - \(good) / (\(all) > 0), 0)"
        }
    }
}

/// The series that records whether a model has a ready replica: its mean over a window is the share of good time.
let availabilitySeries = "model:replica_available:bool"

/// Records whether a model has a ready replica, where its availability is promised and no gateway shows it.
func recordedAvailability(_ model: Placement, _ spec: ClusterSpec) -> Traced<String>? {
    guard let target = model.spec.sla.availability, spec.platform.monitoring.gateway?.value != .istio,
        spec.platform.monitoring.kubeStateMetrics.value
    else { return nil }
    let available = PromQL.sum(
        PromQL.select(
            Metrics.deploymentAvailable, [.equals("namespace", spec.platform.namespace.value), .deployments(of: model)])
    )
    return target.map { _ in "\(available) > bool 0" }
}

/// An objective on availability: from the gateway's answers where one is named, else the time without a replica.
private func availability(_ target: Traced<Double>, _ model: Placement, _ spec: ClusterSpec) -> Objective? {
    let namespace = spec.platform.namespace.value
    if let gateway = spec.platform.monitoring.gateway, gateway.value == .istio {
        let requests: [PromQL.Matcher] = [
            .equals("reporter", "source"), .equals("destination_service_namespace", namespace),
            .equals("destination_service_name", model.name),
        ]
        return Objective(name: "requests-availability", title: "availability", target: target) { window in
            gateway.map { _ in
                let bad = PromQL.sum(
                    PromQL.rate(Metrics.istioRequests, requests + [.matches("response_code", "5..")], window))
                let all = PromQL.sum(PromQL.rate(Metrics.istioRequests, requests, window))
                return "(\(bad) or vector(0)) / (\(all) > 0)"
            }
        }
    }
    guard spec.platform.monitoring.kubeStateMetrics.value else { return nil }
    return Objective(name: "time-availability", title: "availability, as time with a ready replica", target: target) {
        window in
        target.map { _ in
            "1 - avg_over_time(\(PromQL.select(availabilitySeries, [.equals("namespace", namespace), .equals("model", model.name)]))[\(window)])"
        }
    }
}
