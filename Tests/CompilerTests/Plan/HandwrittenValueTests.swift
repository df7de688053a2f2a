import Diagnostics
import Foundation
import Testing
import YAML

/// An object of the article and the generated object with its values.
private struct Counterpart {
    let kind: String
    let name: String
    let path: String
    /// The values that differ on purpose, by their paths or the beginnings of those, with the reason.
    let differences: KeyValuePairs<String, String>
}

@Suite("The values of a cluster written by hand")
struct HandwrittenValueTests {
    private static let counterparts = [
        Counterpart(
            kind: "NodePool", name: "gpu-inference-pool", path: "karpenter/model-a-primary.nodepool.yaml",
            differences: [
                "metadata.name": "a pool has the name of its model",
                "spec.template.spec.requirements[karpenter.sh/capacity-type]":
                    "an interruptible node has a pool of its own",
                "spec.template.spec.requirements[node.kubernetes.io/instance-type]": "a pool has GPUs of one kind",
                "spec.template.spec.requirements[karpenter.k8s.aws/instance-gpu-count]": "the instance types have GPUs",
                "spec.template.spec.nodeClassRef.name": "an EC2NodeClass has the name of its storage",
                "spec.template.spec.taints[nvidia.com/gpu].value": "pods tolerate the key, with any value",
                "spec.limits.nvidia.com/gpu": "the limit follows from the maximum replicas",
                "spec.disruption.consolidationPolicy": "a replica that moves loads its weights again",
                "spec.disruption.consolidateAfter": "a node waits as long as a replica takes to start",
            ]),
        Counterpart(
            kind: "EC2NodeClass", name: "gpu-nodeclass", path: "karpenter/stowage-nvme.ec2nodeclass.yaml",
            differences: [
                "metadata.name": "an EC2NodeClass has the name of its storage",
                "spec.amiSelectorTerms[0].alias": "a new AMI replaces nodes only with a commit",
                "spec.userData": "the AMI has drivers and EFA, and sets persistence mode",
            ]),
        Counterpart(
            kind: "DaemonSet", name: "dcgm-exporter", path: "gpu/dcgm-exporter.daemonset.yaml",
            differences: [
                "spec.selector.matchLabels.app": "pods are selected by the recommended labels",
                "spec.template.metadata.labels.app": "pods have the recommended labels",
                "spec.template.spec.nodeSelector": "only GPU feature discovery sets that label",
                "spec.template.spec.containers[dcgm-exporter].image": "a current release",
                "spec.template.spec.containers[dcgm-exporter].env[DCGM_EXPORTER_COLLECTORS].value":
                    "the counters that rules and dashboards use",
            ]),
        Counterpart(
            kind: "ServiceMonitor", name: "dcgm-exporter", path: "gpu/dcgm-exporter.servicemonitor.yaml",
            differences: ["spec.selector.matchLabels.app": "the Service has the recommended labels"]),
        Counterpart(
            kind: "ScaledObject", name: "model-a-gpu-scaler", path: "models/model-a/model-a.scaledobject.yaml",
            differences: [
                "metadata.name": "a scaler has the name of its model",
                "spec.scaleTargetRef.name": "a Deployment has the name of its model",
                "spec.cooldownPeriod": "has an effect only with a minimum of 0",
                "spec.fallback.replicas": "between minimum and maximum, by the peak of the traffic",
                "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown.stabilizationWindowSeconds":
                    "not less than a replica takes to start",
                "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleUp.policies":
                    "steps that the pool can follow",
                "spec.triggers[prometheus].metadata.metricName": "KEDA does not read it",
                "spec.triggers[prometheus].metadata.query": "AverageValue divides a sum by the replicas",
                "spec.triggers[prometheus].metadata.activationThreshold": "has an effect only with a minimum of 0",
            ]),
        Counterpart(
            kind: "NodePool", name: "gpu-spot-pool", path: "karpenter/spot-a10g.nodepool.yaml",
            differences: [
                "metadata.name": "a pool has the name of what it is for",
                "spec.template.spec.nodeClassRef.name": "one EC2NodeClass for both capacity types",
                "spec.template.spec.taints[nvidia.com/gpu].value": "pods tolerate the key, with any value",
                "spec.template.spec.taints[karpenter.sh/capacity-type]": "the taint of the pool keeps others out",
                "spec.limits.nvidia.com/gpu": "the limit follows from the maximum replicas",
                "spec.disruption.consolidateAfter": "a node waits as long as a replica takes to start",
                "spec.weight": "below the weights of all other pools",
            ]),
        Counterpart(
            kind: "Deployment", name: "model-serving-spot", path: "models/model-b/model-b-surge.deployment.yaml",
            differences: [
                "metadata.name": "a Deployment has the name of its model",
                "spec.template.spec.terminationGracePeriodSeconds": "the drain fits into the notice of two minutes",
                "spec.template.spec.containers[vllm].lifecycle": "vLLM has no drain endpoint, and drains on SIGTERM",
                "spec.template.spec.tolerations[karpenter.sh/capacity-type]": "tolerates the taint of the pool",
            ]),
        Counterpart(
            kind: "Deployment", name: "model-a-serving", path: "models/model-a/model-a.deployment.yaml",
            differences: [
                "metadata.name": "a Deployment has the name of its model",
                "spec.template.spec.containers[vllm].resources.requests.nvidia.com/gpu": "the limit is the request",
                "spec.template.spec.containers[vllm].resources.requests.memory": "the same amount in Mi",
                "spec.template.spec.containers[vllm].resources.limits.memory": "an equal share of the node's memory",
            ]),
        Counterpart(
            kind: "PrometheusRule", name: "gpu-alerts", path: "monitoring/platform.prometheusrule.yaml",
            differences: [
                "metadata.name": "the rules of the cluster",
                "spec.groups[gpu-alerts].name": "the groups have the names of what they watch",
                "spec.groups[gpu-alerts].rules[HighGPUUtilization]":
                    "a GPU of a model server is busy at any load; the alerts are on its objectives",
                "spec.groups[gpu-alerts].rules[GPUMemoryPressure]":
                    "vLLM allocates the memory in advance; the alert is on the use of its KV cache",
            ]),
    ]

    @Test(
        "are in what a spec with their values generates, or differ for a reason",
        .enabled(if: article != nil, "STOWAGE_SEED names no folder with the article"))
    func values() throws {
        let theirs = try objects(of: String(contentsOf: #require(article), encoding: .utf8))
        let outcome = try Case(name: "values-of-a-handwritten-cluster").outcome()
        for pair in Self.counterparts {
            let text = try #require(outcome["out/\(pair.path)"], "\(pair.path)")
            let ours = try documents(text).reduce(into: [:]) { $0.merge(leaves(of: $1)) { first, _ in first } }
            let same = theirs.filter { $0["kind"]?.scalar?.text == pair.kind && $0.name == pair.name }
            #expect(!same.isEmpty)
            let values = same.reduce(into: [:]) { $0.merge(leaves(of: $1)) { first, _ in first } }
            var used: Set<String> = []
            for (path, value) in values where ours[path] != value {
                let reason = pair.differences.first { path.hasPrefix($0.key) }
                #expect(reason != nil, "\(pair.kind) \(path): \(value), not \(ours[path] ?? "set")")
                if let reason { used.insert(reason.key) }
            }
            #expect(pair.differences.map(\.key).filter { !used.contains($0) } == [])
        }
    }

    /// The objects in the YAML blocks of the article.
    private func objects(of text: String) throws -> [Node] {
        try text.matches(of: #/```yaml\n([\s\S]*?)\n```/#).flatMap { block in
            try documents(block.output.1.replacing("${CLUSTER_NAME}", with: "genai"))
        }
    }

    private func documents(_ text: some StringProtocol) throws -> [Node] {
        var report = Report()
        let found = readYAML(SourceFile(path: "article.yaml", text: String(text)), &report)
        return try #require(found, "\(report.diagnostics.map(\.message))")
    }
}

extension Node {
    fileprivate var name: String? { self["metadata"]?["name"]?.scalar?.text }
}

/// The scalars of a value and its lists of scalars, by their paths; items of lists are told apart by what names them.
private func leaves(of node: Node, at path: String = "") -> [String: String] {
    switch node.content {
    case .scalar(let scalar): return [path: scalar.text]
    case .mapping(let entries):
        return entries.reduce(into: [:]) { found, entry in
            let own = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            found.merge(leaves(of: entry.value, at: own)) { first, _ in first }
        }
    case .sequence(let items):
        let scalars = items.compactMap(\.scalar?.text)
        if scalars.count == items.count { return [path: scalars.sorted().joined(separator: " ")] }
        return items.enumerated().reduce(into: [:]) { found, item in
            let keys = path.hasSuffix("triggers") ? ["type"] : ["key", "name", "alert", "type", "port"]
            let name = keys.lazy.compactMap { item.element[$0]?.scalar?.text }.first ?? "\(item.offset)"
            found.merge(leaves(of: item.element, at: "\(path)[\(name)]")) { first, _ in first }
        }
    }
}
