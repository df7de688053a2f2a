import Groundwork
import Planning
import Testing

/// What makes each alert of a model fire, and what comes near without doing so.
func scenarios(of rule: PrometheusRule, _ model: ModelPlan, in namespace: String) -> [Scenario] {
    let traffic = Traffic(namespace: namespace)
    switch rule.alert {
    case "ModelLoadHigh": return loadScenarios(rule, model, \.warning, traffic)
    case "ModelLoadCritical": return loadScenarios(rule, model, \.critical, traffic)
    case "ModelAtMaxReplicas": return maximumScenarios(rule, model, traffic)
    case "ModelScalerBlind": return blindScenarios(rule, model, traffic)
    case "ModelScalerMissing": return missingScalerScenarios(rule, model, traffic)
    case "ModelStartSlow": return startScenarios(rule, model, traffic)
    case "ModelKVCachePressure": return cacheScenarios(rule, model, traffic)
    case "ModelRequestsRejected": return rejectionScenarios(rule, model, traffic)
    case "ModelMetricsIncomplete": return partialScenarios(rule, model, traffic)
    case "ModelMetricsAbsent": return absenceScenarios(rule, model, traffic)
    default: return []
    }
}

/// Above, below and beside a level of load for each replica.
private func loadScenarios(
    _ rule: PrometheusRule, _ model: ModelPlan, _ level: KeyPath<AlertLevels, Traced<Double>>, _ traffic: Traffic
) -> [Scenario] {
    guard let levels = model.levels(of: rule) else { return [] }
    let signal = levels.signal.signal
    let count = model.placement.minReplicas.value + 1
    let replicas = traffic.replicas(model, count, of: "kube_deployment_status_replicas_available")
    let limit = levels[keyPath: level].value * Double(count)
    return [
        .fires(
            rule, when: "just above the level", traffic.load(model, signal, limit * 1.001) + replicas,
            window: levels.signal.fillingSeconds),
        .silent(rule, when: "just below the level", traffic.load(model, signal, limit * 0.999) + replicas),
        .silent(
            rule, when: "only neighbors have traffic",
            traffic.load(model, signal, 0) + traffic.neighbors(of: model, signal) + replicas),
        .silent(rule, when: "the number of replicas is unknown", traffic.load(model, signal, limit * 2)),
    ]
}

/// At the end of the range, with more load or without; and not at the end.
private func maximumScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    guard let scaler = model.scaler, let levels = model.levels(of: rule) else { return [] }
    let signal = levels.signal.signal
    let limit = levels.warning.value * Double(model.placement.maxReplicas.value)
    func autoscaler(_ current: Int) -> [Series] {
        let this = ["horizontalpodautoscaler": scaler.autoscalerName]
        return [
            traffic.state("kube_horizontalpodautoscaler_status_current_replicas", this, Double(current)),
            traffic.state("kube_horizontalpodautoscaler_spec_max_replicas", this, Double(scaler.maxReplicas.value)),
        ]
    }
    let most = scaler.maxReplicas.value
    return [
        .fires(
            rule, when: "all replicas are there and carry more",
            traffic.load(model, signal, limit * 1.001) + autoscaler(most),
            window: levels.signal.fillingSeconds),
        .silent(
            rule, when: "all replicas are there and carry it",
            traffic.load(model, signal, limit * 0.999) + autoscaler(most)),
        .silent(
            rule, when: "one replica is still to come",
            traffic.load(model, signal, limit * 1.001) + autoscaler(most - 1)),
        .silent(
            rule, when: "only neighbors have traffic",
            traffic.load(model, signal, 0) + traffic.neighbors(of: model, signal) + autoscaler(most)),
    ]
}

/// An autoscaler that sees its metric, one that does not, and one that is off because nothing runs.
private func blindScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    guard let scaler = model.scaler else { return [] }
    func autoscaler(_ name: String, active: Bool, replicas: Int) -> [Series] {
        let this = ["horizontalpodautoscaler": name]
        let condition = "kube_horizontalpodautoscaler_status_condition"
        return ["true", "false", "unknown"].map { status in
            let isSo = status == "\(active)"
            return traffic.state(
                condition, this.merging(["condition": "ScalingActive", "status": status]) { $1 }, isSo ? 1 : 0)
        } + [
            traffic.state(condition, this.merging(["condition": "AbleToScale", "status": "false"]) { $1 }, 1),
            traffic.state("kube_horizontalpodautoscaler_status_current_replicas", this, Double(replicas)),
        ]
    }
    let name = scaler.autoscalerName
    var result: [Scenario] = [
        .fires(rule, when: "it cannot read its metric", autoscaler(name, active: false, replicas: 2)),
        .silent(rule, when: "it reads its metric", autoscaler(name, active: true, replicas: 2)),
        .silent(
            rule, when: "a neighbor's cannot read its metric",
            autoscaler(name, active: true, replicas: 2) + autoscaler("\(name)-canary", active: false, replicas: 2)),
    ]
    if scaler.minReplicas.value == 0 {
        result.append(
            .silent(rule, when: "nothing runs and it is switched off", autoscaler(name, active: false, replicas: 0)))
    }
    return result
}

/// A Deployment with its autoscaler, and one without.
private func missingScalerScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    guard let scaler = model.scaler else { return [] }
    let deployment = traffic.state("kube_deployment_status_replicas", ["deployment": scaler.name.value], 0)
    let metric = "kube_horizontalpodautoscaler_spec_max_replicas"
    return [
        .fires(
            rule, when: "only a neighbor has one",
            [deployment, traffic.state(metric, ["horizontalpodautoscaler": "\(scaler.autoscalerName)-canary"], 5)]),
        .silent(
            rule, when: "it has one",
            [deployment, traffic.state(metric, ["horizontalpodautoscaler": scaler.autoscalerName], 5)]),
        .silent(rule, when: "no metrics at all", []),
    ]
}

extension LoadSignal {
    /// How long a rate takes to be known.
    fileprivate var fillingSeconds: Int { signal == .requests ? Int(Thresholds.requestWindow.value) : 0 }
}

extension ModelPlan {
    /// The scaler of the Deployment that has one.
    var scaler: ScalerPlan? { deployments.compactMap(\.scaler).first }

    /// The levels in the signal that a rule is about.
    func levels(of rule: PrometheusRule) -> AlertLevels? {
        let name = rule.labels.first { $0.0 == "signal" }?.1.value
        return levels.first { $0.signal.signal.rawValue == name }
    }
}
