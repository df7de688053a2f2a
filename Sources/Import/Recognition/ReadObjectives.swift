import Groundwork

/// An objective of the input: the share of good requests or of time, and the bound of a latency.
struct FoundObjective {
    /// What it bounds, as a field of `sla`.
    let field: String
    /// A ratio: 0.99.
    let share: Double
    /// Seconds; nil for availability.
    let bound: Double?
    let home: String

    /// As a spec writes it; nil if a spec cannot.
    fileprivate var value: SpecValue? {
        guard let bound else { return .plain("\(shortest(share * 100))%", home) }
        let percentile = shortest(share * 100)
        guard ["50", "90", "95", "99"].contains(percentile) else { return nil }
        return .mapping([("p\(percentile)", .plain("\(shortest((bound * 1000).rounded()))ms"))], home)
    }
}

/// Reads the objectives of a model: from burn-rate rules in the form of sloth, else from objects of pyrra and sloth, else from
/// burn-rate alerts.
func readObjectives(_ name: String, served: String, _ tree: ImportedTree, fields: [String]) -> SpecValue? {
    let found =
        recordedObjectives(name, tree) + declaredObjectives(name, served, tree) + alertedObjectives(name, served, tree)
    return SpecValue.mapping(
        fields.map { field in (field, found.lazy.filter { $0.field == field }.compactMap(\.value).first) }
    ).unlessEmpty
}

/// The objectives of recording rules that sloth or Stowage made.
private func recordedObjectives(_ name: String, _ tree: ImportedTree) -> [FoundObjective] {
    let rules = rules(of: tree).filter { $0.at("labels", "sloth_service")?.text == name }
    let fields = [
        "time-to-first-token": "timeToFirstToken", "time-per-output-token": "timePerOutputToken",
        "end-to-end-latency": "endToEndLatency", "availability": "availability",
    ]
    return rules.compactMap { rule in
        guard rule["record"]?.text == "slo:objective:ratio", let slo = rule.at("labels", "sloth_slo")?.text,
            let field = fields.first(where: { slo.hasSuffix($0.key) })?.value, let expression = rule["expr"],
            let match = expression.text?.firstMatch(of: /vector\(([0-9.]+)\)/), let share = Double(match.1)
        else { return nil }
        let indicator = rules.first {
            $0["record"]?.text == "slo:sli_error:ratio_rate5m" && $0.at("labels", "sloth_slo")?.text == slo
        }?["expr"]
        let bound = indicator?.text.flatMap(bound)
        if field != "availability", bound == nil { return nil }
        return FoundObjective(
            field: field, share: share, bound: field == "availability" ? nil : bound,
            home: field == "availability" ? expression.home : (indicator ?? expression).home)
    }
}

/// The objectives of ServiceLevelObjectives of pyrra and of PrometheusServiceLevels of sloth.
private func declaredObjectives(_ name: String, _ served: String, _ tree: ImportedTree) -> [FoundObjective] {
    let pyrra = tree.all("ServiceLevelObjective").compactMap { object -> FoundObjective? in
        guard let target = object.spec?["target"], let share = target.text.flatMap(Double.init) else { return nil }
        let latency = object.spec?.at("indicator", "latency", "success", "metric")?.text
        let errors = object.spec?.at("indicator", "ratio", "errors", "metric")?.text
        return objective(of: latency ?? errors ?? "", share / 100, target.home, isRatio: latency == nil, name, served)
    }
    let sloth = tree.all("PrometheusServiceLevel").flatMap { object in
        (object.spec?["slos"]?.items ?? []).compactMap { slo -> FoundObjective? in
            guard let target = slo["objective"], let share = target.text.flatMap(Double.init) else { return nil }
            let query =
                slo.at("sli", "events", "errorQuery")?.text ?? slo.at("sli", "raw", "errorRatioQuery")?.text ?? ""
            return objective(of: query, share / 100, target.home, isRatio: bound(query) == nil, name, served)
        }
    }
    return pyrra + sloth
}

/// The objectives of alerts that compare a share of bad requests with a multiple of an error budget, as `14.4 * 0.05`.
private func alertedObjectives(_ name: String, _ served: String, _ tree: ImportedTree) -> [FoundObjective] {
    rules(of: tree).compactMap { rule in
        guard rule["alert"] != nil, let expression = rule["expr"], let text = expression.text,
            let match = text.firstMatch(
                of: /\(?\ ?(?:14\.4|13\.44|6|5\.6|3|2\.8|1)\ ?\*\ ?\(?\ ?(1\ ?-\ ?)?(0?\.[0-9]+)/),
            let number = Double(match.2)
        else { return nil }
        let share = match.1 == nil ? 1 - number : number
        return objective(of: text, share, expression.home, isRatio: bound(text) == nil, name, served)
    }
}

/// The objective of a query, if it is about a model and its metrics are those of vLLM or of a gateway.
private func objective(
    of query: String, _ share: Double, _ home: String, isRatio: Bool, _ name: String, _ served: String
) -> FoundObjective? {
    guard share > 0, share < 1, [name, served].contains(where: { !$0.isEmpty && query.contains("\"\($0)\"") }) else {
        return nil
    }
    let metrics = [
        ("vllm:time_to_first_token_seconds", "timeToFirstToken"),
        ("vllm:time_per_output_token_seconds", "timePerOutputToken"),
        ("vllm:request_time_per_output_token_seconds", "timePerOutputToken"),
        ("vllm:inter_token_latency_seconds", "timePerOutputToken"),
        ("vllm:e2e_request_latency_seconds", "endToEndLatency"),
    ]
    if let field = metrics.first(where: { query.contains($0.0) })?.1 {
        return bound(query).map { FoundObjective(field: field, share: share, bound: $0, home: home) }
    }
    let counters = ["istio_requests_total", "envoy_cluster_upstream_rq", "nginx_ingress_controller_requests"]
    guard isRatio, counters.contains(where: query.contains) else { return nil }
    return FoundObjective(field: "availability", share: share, bound: nil, home: home)
}

/// The bucket of a histogram that a query selects, seconds.
private func bound(_ query: String) -> Double? {
    query.firstMatch(of: /le=~?"([0-9.]+)"/).flatMap { Double($0.1) }
}

/// A number without trailing zeros, rounded to what decimals of a share can be.
func shortest(_ value: Double) -> String {
    let rounded = (value * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}
