import Groundwork
import Planning
import Testing
import YAML

/// A query that an autoscaler's decision rests on, with the number that it should give.
struct ScalingQuestion {
    let name: String
    let query: String
    /// The number for so many pods, each with so many times the scale-up load.
    let expected: (_ pods: Int, _ factor: Double) -> Double
    /// The number where nothing runs; nil where there is to be no answer then.
    let atZero: Double?
}

/// The queries of a cluster's ScaledObjects, and those that are recorded for plain HorizontalPodAutoscalers.
func scalingQuestions(_ cluster: Compiled) throws -> [ScalingQuestion] {
    var questions: [ScalingQuestion] = []
    for object in try cluster.objects("ScaledObject") {
        let target = object["spec"]?["scaleTargetRef"]?["name"]?.scalar?.text
        for trigger in object["spec"]?["triggers"]?.items ?? [] where trigger["type"]?.scalar?.text == "prometheus" {
            let query = try #require(trigger["metadata"]?["query"]?.scalar?.text)
            let signal = try #require(Signal(rawValue: trigger["name"]?.scalar?.text ?? ""))
            // A rate needs its time: GatewayTests has it.
            guard signal != .requests else { continue }
            questions.append(try question(cluster, target, signal, query))
        }
    }
    for object in try cluster.objects("HorizontalPodAutoscaler") {
        let target = object["spec"]?["scaleTargetRef"]?["name"]?.scalar?.text
        for metric in object["spec"]?["metrics"]?.items ?? [] {
            let described = try #require(metric["object"])
            let wanted = try #require(described["metric"]?["selector"]?["matchLabels"]?["signal"]?.scalar?.text)
            let signal = try #require(Signal(rawValue: wanted))
            guard signal != .requests else { continue }
            let recorded = try recording(cluster, signal, of: target)
            questions.append(try question(cluster, target, signal, recorded))
            guard cluster.name == "seed" else { continue }
            // What prometheus-adapter makes of the metric, with its rules in helm/prometheus-adapter.values.yaml.
            let service = try #require(described["describedObject"]?["name"]?.scalar?.text)
            let matchers = "namespace=\"\(cluster.namespace)\",service=\"\(service)\",signal=\"\(wanted)\""
            questions.append(
                try question(
                    cluster, target, signal,
                    try adapterQuery(cluster).replacing("<<.GroupBy>>", with: "service")
                        .replacing("<<.Series>>", with: "model:inference_load:scaling").replacing(
                            "<<.LabelMatchers>>", with: matchers)))
        }
    }
    return questions
}

private func recording(_ cluster: Compiled, _ signal: Signal, of model: String?) throws -> String {
    let rules = try cluster.model(try #require(model)).ruleGroups.flatMap(\.rules)
    let rule = rules.first { rule in
        rule.record == "model:inference_load:scaling"
            && rule.labels.contains { $0.0 == "signal" && $0.1.value == signal.rawValue }
    }
    return try #require(rule).expression.value
}

/// The query template of the adapter's Helm values.
private func adapterQuery(_ cluster: Compiled) throws -> String {
    let values = try #require(cluster.files["helm/prometheus-adapter.values.yaml"])
    let line = try #require(values.split(separator: "\n").first { $0.contains("metricsQuery: ") })
    return String(line.split(separator: "metricsQuery: ", maxSplits: 1)[1])
}

/// What the query of a Deployment's scaler should give.
private func question(_ cluster: Compiled, _ target: String?, _ signal: Signal, _ query: String) throws
    -> ScalingQuestion
{
    let model = try #require(cluster.plan.models.first { $0.deployments.contains { $0.name.value == target } })
    let deployment = try #require(model.deployments.first { $0.name.value == target })
    let trigger = try #require(deployment.scaler?.triggers.first { $0.signal == signal })
    let placement = model.placement
    let replica = LoadSignal(signal, of: placement, cluster.plan.spec.platform).perReplica.value
    let (up, down) = (placement.scaling.scaleUp.value * replica, placement.scaling.scaleDown.value * replica)
    let isBanded =
        !Component.kubernetes.offers(.hpaTolerance, at: cluster.plan.spec.platform.kubernetes.value)
        || !placement.spec.scaling.schedule.isEmpty
    func expected(_ pods: Int, _ factor: Double) -> Double {
        let total = SyntheticCluster.loads(model, signal, factor, pods, cluster.plan.spec.platform).reduce(0, +)
        let share = trigger.target.value
        let counted = SyntheticCluster.replicas(model, deployment, pods)
        let base = deployment.role == .surge ? placement.minReplicas.value : 0
        guard deployment.role == .surge || isBanded else { return total }
        let count = Double(base + counted)
        let holds = total <= up * count + 1e-3 && total >= down * count - 1e-3
        return holds ? share * Double(counted) : max(0, total - share * Double(base))
    }
    return ScalingQuestion(
        name: "\(cluster.name), \(deployment.name.value)", query: query, expected: expected,
        atZero: placement.scalesToZero ? 0 : nil)
}
