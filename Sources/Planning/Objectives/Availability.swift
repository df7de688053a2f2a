import Groundwork

/// An availability objective: from the gateway's responses if the spec names one, otherwise the time with a ready replica that takes requests.
func availability(_ target: Traced<Double>, _ model: Placement, _ spec: ClusterSpec) -> Objective? {
    let namespace = model.namespace
    let sloTarget = target.named("SLO target", "ratio")
    if let gateway = spec.platform.monitoring.gateway {
        let requests = GatewayRequests(gateway.value, to: model.serviceName, in: namespace)
        let bad = PromQL.sumOfRates(requests.metric, requests.all + [requests.failed])
        let all = PromQL.sumOfRates(requests.metric, requests.all)
        return Objective(name: "requests-availability", title: "availability", target: sloTarget) { window in
            Traced(
                "(\(bad(window)) or vector(0)) / (\(all(window)) > 0)",
                because: "the share of requests to which the gateway returns an error", Ingredient("gateway", gateway))
        }
    }
    guard spec.platform.monitoring.kubeStateMetrics.value else { return nil }
    let series = PromQL.select(availabilitySeries, [.equals("namespace", namespace), .equals("model", model.name)])
    return Objective(name: "time-availability", title: "availability (time with a ready replica)", target: sloTarget) {
        window in
        Traced(
            "1 - avg_over_time(\(series)[\(window)])",
            .convention("the share of time without a ready replica that takes requests"))
    }
}

/// How a gateway must be set up for its requests to be counted, as a sentence.
func gatewayPrerequisite(_ gateway: Gateway) -> String {
    switch gateway {
    case .istio: "Istio, with Prometheus scraping its gateways: requests are read from `istio_requests_total`."
    case .envoyGateway:
        "Envoy Gateway, with Prometheus scraping its proxies; each model's HTTPRoute has the model's name and namespace."
    case .nginx: "ingress-nginx with the ServiceMonitor of its chart (without `honorLabels`)."
    }
}

/// The series that records the availability of a model where no gateway does: its mean over a window is the objective's.
let availabilitySeries = "model:availability:ratio"

/// Records the availability of a model with an objective that no gateway measures: 1 with a ready replica, less what its replicas reject.
func recordedAvailability(_ model: Placement, _ spec: ClusterSpec) -> Traced<String>? {
    let monitoring = spec.platform.monitoring
    guard let target = model.spec.sla.availability, monitoring.gateway == nil, monitoring.kubeStateMetrics.value else {
        return nil
    }
    let namespace = PromQL.Matcher.equals("namespace", model.namespace)
    let available = PromQL.sum(PromQL.select(model.availableMetric, [namespace, .deployments(of: model)]))
    let objective = Ingredient("availability", target)
    guard admissionLimits(model) != nil else {
        return Traced(
            "\(available) > bool 0", because: "the model has an availability objective, and no gateway measures it",
            objective)
    }
    let series = [namespace, .equals("model_name", model.servedName)]
    let window = "\(Int(Thresholds.rejectionWindow.value))s"
    let rejected = PromQL.sum(PromQL.rate(.rejections, series, window))
    let completed = PromQL.sum(PromQL.rate(.completed, series, window))
    return Traced(
        "(\(available) > bool 0) * (1 - (\(rejected) / (\(rejected) + \(completed) > 0) or vector(0)))",
        because: "the model has an availability objective that no gateway measures, and its replicas reject requests",
        objective)
}
