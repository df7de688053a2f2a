import Foundation
import Groundwork
import Planning
import Testing

/// What is asked of Prometheus, beside the catalog of metrics.
struct CatalogTests {
    @Test("every metric that is asked for is in the catalog", arguments: clusters)
    func metrics(_ cluster: Compiled) throws {
        let known = Set(
            MetricName.allCases.map(\.metric).flatMap { metric in
                metric.kind == .histogram ? ["_bucket", "_count", "_sum"].map { metric.name + $0 } : [metric.name]
            })
        var asked: Set<String> = []
        for text in try queries(of: cluster) {
            let bare = text.replacing(/"(\\.|[^"\\])*"/, with: "")
            for match in bare.matches(of: /\b(vllm:|DCGM_|kube_|keda_|karpenter_|istio_|envoy_|nginx_)\w+/) {
                // A label of Envoy's begins like its metrics.
                let name = String(match.0)
                if Metric.all.contains(where: { $0.hasLabel(name) }) { continue }
                asked.insert(name)
            }
        }
        #expect(asked.isSubset(of: known), "\(asked.subtracting(known).sorted())")
        #expect(asked.count > 15)
    }

    @Test("levels ascend within what a replica can show of the signal", arguments: clusters)
    func levels(_ cluster: Compiled) {
        for model in cluster.plan.models {
            for levels in model.levels {
                let steps = [
                    0, levels.scaleDown.value, levels.scaleUp.value, levels.warning.value, levels.critical.value,
                    levels.limit.value,
                ]
                #expect(zip(steps, steps.dropFirst()).allSatisfy(<), "\(model.name): \(steps)")
                #expect(levels.limit.value <= levels.signal.total.mostPerReplica ?? .infinity, "\(model.name)")
            }
        }
    }

    /// Every expression of a cluster: of scalers, rules and dashboards.
    private func queries(of cluster: Compiled) throws -> [String] {
        let rules = cluster.plan.models.flatMap(\.ruleGroups) + cluster.plan.platformRules
        let scalers = cluster.plan.models.flatMap(\.deployments).compactMap(\.scaler)
        return rules.flatMap(\.rules).map(\.expression.value)
            + scalers.flatMap(\.triggers).map(\.query.value)
            + (try dashboards(cluster).flatMap(\.panels).flatMap(\.targets).map(\.expr))
    }
}
