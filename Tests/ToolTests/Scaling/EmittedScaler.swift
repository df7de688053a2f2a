import Groundwork
import Planning
import Testing
import YAML

/// A ScaledObject or HorizontalPodAutoscaler as it was emitted, ready to be run.
struct EmittedScaler: CustomTestStringConvertible {
    let deployment: String
    let minimum: Int
    let maximum: Int
    let metrics: [(query: String, target: Double)]
    let up: HorizontalAutoscaler.Direction
    let down: HorizontalAutoscaler.Direction
    /// A floor for as long as its window lasts; only KEDA knows them.
    let scheduledMinimums: [Int]
    /// How long nothing has to happen before KEDA takes the last replica; nil where it never does.
    let cooldown: Double?

    var testDescription: String { deployment }

    /// The HorizontalPodAutoscaler that decides: KEDA's own has at least one replica.
    var autoscaler: HorizontalAutoscaler { HorizontalAutoscaler(max(1, minimum)...maximum, up: up, down: down) }
}

/// The scalers of a cluster.
func emittedScalers(_ cluster: Compiled) throws -> [EmittedScaler] {
    try cluster.objects("ScaledObject").map { object in
        let spec = try #require(object["spec"])
        return try scaler(
            spec, least: "minReplicaCount", most: "maxReplicaCount",
            behavior: spec["advanced"]?["horizontalPodAutoscalerConfig"]?["behavior"],
            metrics: triggers(spec, "prometheus").map { trigger in
                // KEDA takes AverageValue where nothing is said; a plain autoscaler has to say it.
                #expect(["AverageValue", nil].contains(trigger["metricType"]?.scalar?.text))
                return (
                    try #require(trigger["metadata"]?["query"]?.scalar?.text),
                    try quantity(trigger["metadata"]?["threshold"])
                )
            },
            scheduledMinimums: triggers(spec, "cron").map { trigger in
                // A cron trigger asks for so many times its target of one.
                #expect(trigger["metricType"]?.scalar?.text == "AverageValue")
                return try #require(Int(trigger["metadata"]?["desiredReplicas"]?.scalar?.text ?? ""))
            })
    }
        + cluster.objects("HorizontalPodAutoscaler").map { object in
            let spec = try #require(object["spec"])
            return try scaler(
                spec, least: "minReplicas", most: "maxReplicas", behavior: spec["behavior"],
                metrics: (spec["metrics"]?.items ?? []).map { metric in
                    let described = try #require(metric["object"])
                    let signal = described["metric"]?["selector"]?["matchLabels"]?["signal"]?.scalar?.text
                    let rules = try cluster.model(described["describedObject"]?["name"]?.scalar?.text ?? "").ruleGroups
                        .flatMap(\.rules)
                    let rule = rules.first { rule in
                        rule.record == "model:inference_load:scaling"
                            && rule.labels.contains { $0.0 == "signal" && $0.1.value == signal }
                    }
                    return (try #require(rule).expression.value, try quantity(described["target"]?["averageValue"]))
                })
        }
}

/// The triggers of a ScaledObject of one type.
private func triggers(_ spec: Node, _ type: String) -> [Node] {
    (spec["triggers"]?.items ?? []).filter { $0["type"]?.scalar?.text == type }
}

/// Reads what both kinds have alike.
private func scaler(
    _ spec: Node, least: String, most: String, behavior: Node?, metrics: [(String, Double)],
    scheduledMinimums: [Int] = []
) throws -> EmittedScaler {
    let minimum = Int(spec[least]?.scalar?.text ?? "") ?? 0
    return EmittedScaler(
        deployment: try #require(spec["scaleTargetRef"]?["name"]?.scalar?.text), minimum: minimum,
        maximum: try #require(Int(spec[most]?.scalar?.text ?? "")), metrics: metrics,
        up: try direction(
            behavior?["scaleUp"], window: 0, policies: [.pods(4, period: 15), .percent(100, period: 15)]),
        down: try direction(behavior?["scaleDown"], window: 300, policies: [.percent(100, period: 15)]),
        scheduledMinimums: scheduledMinimums,
        cooldown: minimum == 0 ? Double(spec["cooldownPeriod"]?.scalar?.text ?? "300") : nil)
}

/// Reads one direction; what is not given has Kubernetes' default.
private func direction(_ node: Node?, window: Double, policies: [HorizontalAutoscaler.Policy]) throws
    -> HorizontalAutoscaler.Direction
{
    let given = try node?["policies"]?.items?.map { policy -> HorizontalAutoscaler.Policy in
        let value = try #require(Int(policy["value"]?.scalar?.text ?? ""))
        let period = try #require(Double(policy["periodSeconds"]?.scalar?.text ?? ""))
        return policy["type"]?.scalar?.text == "Pods" ? .pods(value, period: period) : .percent(value, period: period)
    }
    return HorizontalAutoscaler.Direction(
        tolerance: try node?["tolerance"].map { try quantity($0) } ?? 0.1,
        window: Double(node?["stabilizationWindowSeconds"]?.scalar?.text ?? "") ?? window, policies: given ?? policies)
}

/// Reads a Kubernetes quantity: `17`, `571m`.
private func quantity(_ node: Node?) throws -> Double {
    let text = try #require(node?.scalar?.text)
    let isMilli = text.hasSuffix("m")
    return try #require(Double(isMilli ? String(text.dropLast()) : text)) / (isMilli ? 1000 : 1)
}
