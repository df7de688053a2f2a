import Groundwork
import Planning
import Simulate
import Testing
import YAML

/// A ScaledObject or HorizontalPodAutoscaler as it was emitted, ready to be run.
struct EmittedScaler: CustomTestStringConvertible {
    enum Kind {
        case plain(HPASpec)
        case keda(ScaledObjectSpec)
    }

    let deployment: String
    let kind: Kind
    let minimum: Int
    let maximum: Int
    /// The query of each trigger or metric that has one, by its index.
    let queries: [Int: String]

    var testDescription: String { deployment }

    /// The scheduled minimums, which only KEDA has.
    var scheduledMinimums: [Int] {
        guard case .keda(let spec) = kind else { return [] }
        return spec.triggers.compactMap { if case .cron(let cron) = $0.kind { cron.replicas } else { nil } }
    }
}

/// The scalers of a cluster.
func emittedScalers(_ cluster: Compiled) throws -> [EmittedScaler] {
    try cluster.objects("ScaledObject").map(scaledObject)
        + cluster.objects("HorizontalPodAutoscaler").map { try plain($0, cluster) }
}

private func scaledObject(_ object: Node) throws -> EmittedScaler {
    var problems: [UnreadableField] = []
    let spec = ScaledObjectSpec(reading: ManifestValue(object), &problems)
    #expect(problems.isEmpty)
    var queries: [Int: String] = [:]
    for (index, trigger) in spec.triggers.enumerated() {
        #expect(!trigger.isTotal)
        if case .prometheus(let query, _) = trigger.kind { queries[index] = query }
    }
    return EmittedScaler(
        deployment: try target(object), kind: .keda(spec), minimum: Int(spec.minReplicas ?? 0),
        maximum: Int(try #require(spec.maxReplicas)), queries: queries)
}

/// The query of a plain autoscaler's metric stands in a recording rule.
private func plain(_ object: Node, _ cluster: Compiled) throws -> EmittedScaler {
    var problems: [UnreadableField] = []
    let spec = try #require(HPASpec(reading: ManifestValue(object), &problems))
    #expect(problems.isEmpty)
    var queries: [Int: String] = [:]
    for (index, metric) in spec.metrics.enumerated() {
        let rules = try cluster.model(metric.of["name"] ?? "").ruleGroups.flatMap(\.rules)
        let rule = rules.first { rule in
            rule.record == "model:inference_load:scaling"
                && rule.labels.contains { $0.0 == "signal" && $0.1.value == metric.of["signal"] }
        }
        queries[index] = try #require(rule).expression.value
    }
    return EmittedScaler(
        deployment: try target(object), kind: .plain(spec), minimum: Int(spec.minimum),
        maximum: Int(spec.maxReplicas), queries: queries)
}

private func target(_ object: Node) throws -> String {
    try #require(object["spec"]?["scaleTargetRef"]?["name"]?.scalar?.text)
}
