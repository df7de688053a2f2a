import Diagnostics
import Foundation
import Testing

@testable import Compiler
@testable import Groundwork
@testable import Planning
@testable import Verify

/// One change of the reference cluster's manifests, and the rule that is meant for it.
struct Mutation: Sendable, CustomTestStringConvertible {
    let path: String
    let find: String
    let replacement: String
    let code: String

    init(_ code: String, _ path: String, _ find: String, _ replacement: String) {
        self.code = code
        self.path = path
        self.find = find
        self.replacement = replacement
    }

    /// The files with its change made.
    func applied(to files: [SourceFile]) throws -> [SourceFile] {
        let index = try #require(files.firstIndex { $0.path == path })
        let text = String(decoding: files[index].bytes, as: UTF8.self)
        #expect(text.contains(find))
        var changed = files
        changed[index] = SourceFile(path: path, text: text.replacing(find, with: replacement))
        return changed
    }

    var testDescription: String { "\(code): \(find.prefix(40)) in \(path)" }
}

@Suite("The tree of the reference cluster")
struct MutationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")

    /// The files of the reference cluster.
    static let files: [SourceFile] = {
        guard let text = try? String(contentsOf: root.appending(path: "specs/seed.yaml"), encoding: .utf8) else {
            return []
        }
        var report = Report()
        let spec = SourceFile(path: "specs/seed.yaml", text: text)
        guard let compilation = compile(SpecSource(spec), with: TemplateLibrary([.defaults]), &report) else {
            return []
        }
        return compilation.manifests.map { manifest in
            var bytes: [UInt8] = []
            write(manifest, cluster: "seed", to: &bytes)
            return SourceFile(path: manifest.path, bytes: bytes)
        }
    }()

    @Test("breaks no rule, read back from its text")
    func sound() {
        #expect(Self.files.count > 50)
        #expect(codes(Self.files) == [])
    }

    @Test("breaks the rule meant for it, and no other, when it is changed", arguments: mutations)
    func mutated(_ mutation: Mutation) throws {
        #expect(codes(try mutation.applied(to: Self.files)) == [mutation.code])
    }

    /// The codes of what is found, each once.
    private func codes(_ files: [SourceFile]) -> [String] {
        var report = Report()
        verify(files.compactMap { readManifest($0, &report) }, &report)
        return Set(report.diagnostics.map(\.code)).sorted()
    }

    static let mutations: [Mutation] = [
        Mutation("untolerated-taint", a("deployment"), "key: nvidia.com/gpu\n        operator: Exists", "key: other"),
        Mutation(
            "untolerated-taint", a("deployment"), "value: model-a-primary\n        effect",
            "value: model-x\n        effect"),
        Mutation(
            "unreachable-nodes", a("deployment"), "key: stowage.dev/pool\n                operator: In",
            "key: pool\n                operator: In"),
        Mutation("fixed-replicas", a("deployment"), "spec:\n  strategy:", "spec:\n  replicas: 3\n  strategy:"),
        Mutation(
            "unknown-probe-port", a("deployment"), "path: /health\n            port: http",
            "path: /health\n            port: web"),
        Mutation(
            "missing-volume", a("deployment"), "- name: cache\n          mountPath", "- name: cash\n          mountPath"
        ),
        Mutation("missing-priority-class", a("deployment"), "stowage-critical", "stowage-urgent"),
        Mutation(
            "missing-service-account", a("deployment"), "serviceAccountName: model-a", "serviceAccountName: model-z"),
        Mutation(
            "service-without-pods", a("service"), "selector:\n    stowage.dev/model: model-a",
            "selector:\n    app: model-a"),
        Mutation("unknown-target-port", a("service"), "targetPort: http", "targetPort: 9000"),
        Mutation("unknown-monitor-port", a("service"), "- name: http\n", "- name: web\n"),
        Mutation("monitor-without-service", a("servicemonitor"), "    - inference", "    - monitoring"),
        Mutation(
            "budget-without-pods", a("poddisruptionbudget"),
            "selector:\n    matchLabels:\n      stowage.dev/model: model-a",
            "selector:\n    matchLabels:\n      stowage.dev/model: model"),
        Mutation(
            "missing-scale-target", a("scaledobject"), "kind: Deployment\n    name: model-a",
            "kind: StatefulSet\n    name: model-a"),
        Mutation("inverted-bounds", a("scaledobject"), "maxReplicaCount: 7", "maxReplicaCount: 2"),
        Mutation("narrow-limits", a("scaledobject"), "maxReplicaCount: 7", "maxReplicaCount: 60"),
        Mutation("unquoted-metadata", a("scaledobject"), "\"false\"", "false"),
        Mutation(
            "misplaced-metric-type", a("scaledobject"), "    metricType: AverageValue\n    metadata:\n",
            "    metadata:\n      metricType: AverageValue\n"),
        Mutation(
            "missing-described-object", "models/model-b/model-b.horizontalpodautoscaler.yaml",
            "kind: Service\n        name: model-b", "kind: Service\n        name: model-z"),
        Mutation("bare-alert", a("prometheusrule"), "severity:", "level:"),
        Mutation("ambiguous-rule", a("prometheusrule"), "    - alert:", "    - record: x\n      alert:"),
        Mutation("missing-node-class", pool("model-a-primary"), "name: stowage-nvme", "name: stowage-ebs"),
        Mutation("narrow-limits", pool("model-c-primary"), "nodes: 1\n", "nodes: 0\n"),
        Mutation("narrow-limits", pool("model-e-primary"), "replicas: 5", "replicas: 1"),
        Mutation(
            "duplicate-taint", pool("model-a-primary"), "effect: NoSchedule\n      - key: nvidia.com/gpu",
            "effect: NoSchedule\n      - key: nvidia.com/gpu\n        effect: NoSchedule\n      - key: nvidia.com/gpu"),
        Mutation("missing-consolidate-after", pool("model-a-primary"), "    consolidateAfter: 14m\n", ""),
        Mutation("unpaired-schedule", pool("model-a-primary"), "      duration: 9h\n", ""),
        Mutation(
            "mixed-stacks", pool("model-e-primary"), "stowage.dev/gpu-allocation: dra",
            "stowage.dev/gpu-allocation: device-plugin\n        stowage.dev/device-plugin-config: whole"),
        Mutation("unoffered-resource", overlay, "nvidia.com/mig-1g.20gb", "nvidia.com/mig-2g.20gb"),
        Mutation(
            "missing-device-class", "models/model-e/model-e-e3da9bf3.resourceclaimtemplate.yaml", "stowage-l40s",
            "stowage-l4"),
        Mutation(
            "unknown-claim", e("deployment"), "claims:\n          - name: gpus",
            "claims:\n          - name: gpus\n          - name: gpu"),
        Mutation("unused-claim", e("deployment"), "          claims:\n          - name: gpus\n", ""),
        Mutation("missing-claim", e("deployment"), "model-e-e3da9bf3", "model-e-gpus"),
        Mutation(
            "overlapping-selectors", "models/model-d/model-d-base.deployment.yaml",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: base",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d"),
        Mutation(
            "mismatched-selector", "models/model-d/model-d-base.deployment.yaml",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: base",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: basis"),
        Mutation(
            "missing-config", "gpu/device-plugin-mig.configmap.yaml", "name: nvidia-device-plugin-mig",
            "name: device-plugin-mig"),
        Mutation(
            "untolerated-by-daemon", "gpu/device-plugin-whole.daemonset.yaml",
            "- key: stowage.dev/pool\n        operator: Exists",
            "- key: stowage.dev/pool\n        value: model-a-primary"),
        Mutation(
            "missing-role", "gpu/dcgm-exporter.rbac.yaml", "  kind: ClusterRole\n  name: stowage-dcgm-exporter",
            "  kind: ClusterRole\n  name: dcgm-exporter"),
        Mutation(
            "missing-subject", "gpu/dcgm-exporter.rbac.yaml", "- kind: ServiceAccount\n  name: dcgm-exporter",
            "- kind: ServiceAccount\n  name: dcgm"),
        Mutation("missing-namespace", "platform/gpu-system.namespace.yaml", "name: gpu-system", "name: gpus"),
        Mutation(
            "policy-without-pods", "platform/inference.networkpolicy.yaml", "key: stowage.dev/model",
            "key: stowage.dev/modell"),
        Mutation("missing-part", "models/model-a/kustomization.yaml", "resources:\n", "resources:\n- extra.yaml\n"),
        Mutation("unlisted-manifest", "models/model-a/kustomization.yaml", "- model-a.service.yaml\n", ""),
        Mutation(
            "duplicate-object", "models/model-b/model-b.poddisruptionbudget.yaml", "  name: model-b\n",
            "  name: model-a\n"),
    ]

    private static func a(_ kind: String) -> String { "models/model-a/model-a.\(kind).yaml" }
    private static func e(_ kind: String) -> String { "models/model-e/model-e.\(kind).yaml" }
    private static func pool(_ name: String) -> String { "karpenter/\(name).nodepool.yaml" }
    private static let overlay = "karpenter/stowage-model-c-primary.nodeoverlay.yaml"
}
