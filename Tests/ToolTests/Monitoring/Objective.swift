import Groundwork
import Planning

/// An objective of a model, as its rules show it: how requests count, and which alerts watch its budget.
struct Objective {
    let id: String
    let model: ModelPlan
    let budget: Double
    /// The histogram whose requests count, and the target; nil for availability.
    let bound: (metric: String, buckets: [Double], seconds: Double)?
    let page: PrometheusRule?
    let ticket: PrometheusRule?

    /// The gateway that counts requests, for availability.
    var gateway: Gateway?

    static func all(of model: ModelPlan, gateway: Gateway? = nil) -> [Objective] {
        let sla = model.placement.spec.sla
        let rules = model.ruleGroups.flatMap(\.rules)
        func objective(
            _ name: String, _ target: Double?, _ bound: (String, [Double], Double)?, _ gateway: Gateway? = nil
        ) -> Objective? {
            guard let target else { return nil }
            let id = "\(model.name)-\(name)"
            func alert(_ severity: String) -> PrometheusRule? {
                rules.first { rule in
                    rule.alert == "ModelErrorBudgetBurn"
                        && rule.labels.contains { $0.0 == "sloth_id" && $0.1.value == id }
                        && rule.labels.contains { $0.0 == "severity" && $0.1.value == severity }
                }
            }
            return Objective(
                id: id, model: model, budget: 1 - target, bound: bound, page: alert("critical"),
                ticket: alert("warning"), gateway: gateway)
        }
        func latency(_ target: LatencyTarget?, _ metric: MetricName) -> (String, [Double], Double)? {
            target.map { (metric.rawValue, metric.metric.bounds, $0.seconds.value) }
        }
        func share(_ target: LatencyTarget?) -> Double? { target.map { Double($0.percentile.value) / 100 } }
        return [
            objective(
                "time-to-first-token", share(sla.timeToFirstToken),
                latency(sla.timeToFirstToken, .timeToFirstToken)),
            objective(
                "time-per-output-token", share(sla.timePerOutputToken),
                latency(sla.timePerOutputToken, .timePerOutputToken)),
            objective(
                "end-to-end-latency", share(sla.endToEndLatency), latency(sla.endToEndLatency, .endToEndLatency)),
            objective("time-availability", gateway == nil ? sla.availability?.value : nil, nil),
            objective("requests-availability", gateway == nil ? nil : sla.availability?.value, nil, gateway),
        ].compactMap { $0 }
    }

    /// The labels of a recorded series of the objective.
    func labels(window: String) -> String {
        let name = id.dropFirst(model.name.count + 1)
        return
            "{sloth_id=\"\(id)\", sloth_service=\"\(model.name)\", sloth_slo=\"\(name)\", sloth_window=\"\(window)\"}"
    }

    /// Requests of the objective's histogram in phases of a share of bad ones; nil is a phase without requests.
    ///
    /// Good requests take as long as the greatest bucket within the target, bad ones longer than any bucket but the last.
    func requests(_ traffic: Traffic, _ phases: [(bad: Double?, samples: Int)]) -> [Series] {
        if let gateway { return answers(gateway, traffic, phases) }
        guard let bound else { return [] }
        let pod = Traffic.pods(model.name, 1)[0]
        let all = phases.map { (step: $0.bad == nil ? 0 : 1000.0, samples: $0.samples) }
        let good = phases.map { (step: $0.bad.map { 1000 * (1 - $0) } ?? 0, samples: $0.samples) }
        let kept = bound.buckets.last { $0 <= bound.seconds } ?? 0
        func bucket(_ text: String, _ samples: Samples) -> Series {
            traffic.engine("\(bound.metric)_bucket", model.name, pod: pod, samples, ["le": text])
        }
        return bound.buckets.map { bucket("\($0)", $0 < kept ? .growing(by: 0) : .growing(good)) } + [
            bucket("+Inf", .growing(all)),
            traffic.engine("\(bound.metric)_count", model.name, pod: pod, .growing(all)),
            traffic.engine("\(bound.metric)_sum", model.name, pod: pod, .growing(all)),
        ]
    }

    /// Requests as a gateway counts them, in the same phases; those of a neighbor all fail.
    private func answers(_ gateway: Gateway, _ traffic: Traffic, _ phases: [(bad: Double?, samples: Int)]) -> [Series] {
        let failed = phases.map { (step: $0.bad.map { 1000 * $0 } ?? 0, samples: $0.samples) }
        let good = phases.map { (step: $0.bad.map { 1000 * (1 - $0) } ?? 0, samples: $0.samples) }
        let neighbor = phases.map { (step: 1000.0, samples: $0.samples) }
        func series(_ name: String, _ code: String, _ samples: Samples) -> Series {
            switch gateway {
            case .istio:
                Series(
                    "istio_requests_total",
                    [
                        "reporter": "source", "destination_service_namespace": traffic.namespace,
                        "destination_service_name": name, "response_code": "\(code)03", "namespace": "istio-ingress",
                    ], samples)
            case .envoyGateway:
                Series(
                    "envoy_cluster_upstream_rq_xx",
                    [
                        "envoy_cluster_name": "httproute/\(traffic.namespace)/\(name)/rule/0",
                        "envoy_response_code_class": code,
                        "namespace": "envoy-gateway-system",
                    ], samples)
            case .nginx:
                Series(
                    "nginx_ingress_controller_requests",
                    [
                        "exported_namespace": traffic.namespace, "exported_service": name, "status": "\(code)03",
                        "namespace": "ingress-nginx", "service": "ingress-nginx-controller-metrics",
                    ], samples)
            }
        }
        return [
            series(model.name, "2", .growing(good)), series(model.name, "5", .growing(failed)),
            series("\(model.name)-canary", "5", .growing(neighbor)),
        ]
    }
}
