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
        Mutation(
            "pod-taint-not-tolerated", a("deployment"), "key: nvidia.com/gpu\n        operator: Exists", "key: other"),
        Mutation(
            "pod-taint-not-tolerated", a("deployment"), "value: model-a-primary\n        effect",
            "value: model-x\n        effect"),
        Mutation(
            "pod-matches-no-nodepool", a("deployment"), "key: stowage.dev/pool\n                operator: In",
            "key: pool\n                operator: In"),
        Mutation(
            "probe-port-not-found", a("deployment"), "path: /health\n            port: http",
            "path: /health\n            port: web"),
        Mutation(
            "volume-not-found", a("deployment"), "- name: cache\n          mountPath",
            "- name: cash\n          mountPath"
        ),
        Mutation("priorityclass-not-found", a("deployment"), "stowage-critical", "stowage-urgent"),
        Mutation(
            "service-account-not-found", a("deployment"), "serviceAccountName: model-a", "serviceAccountName: model-z"),
        Mutation(
            "service-selects-no-pods", a("service"), "selector:\n    stowage.dev/model: model-a",
            "selector:\n    app: model-a"),
        Mutation("service-target-port-not-found", a("service"), "targetPort: http", "targetPort: 9000"),
        Mutation("servicemonitor-port-not-found", a("service"), "- name: http\n", "- name: web\n"),
        Mutation("servicemonitor-selects-no-service", a("servicemonitor"), "    - inference", "    - monitoring"),
        Mutation(
            "pdb-selects-no-pods", a("poddisruptionbudget"),
            "selector:\n    matchLabels:\n      stowage.dev/model: model-a",
            "selector:\n    matchLabels:\n      stowage.dev/model: model"),
        Mutation(
            "autoscaler-target-not-found", a("scaledobject"), "kind: Deployment\n    name: model-a",
            "kind: StatefulSet\n    name: model-a"),
        Mutation("autoscaler-min-above-max", a("scaledobject"), "maxReplicaCount: 7", "maxReplicaCount: 2"),
        Mutation("nodepool-limits-too-low", a("scaledobject"), "maxReplicaCount: 7", "maxReplicaCount: 60"),
        Mutation("keda-metadata-not-string", a("scaledobject"), "\"false\"", "false"),
        Mutation(
            "keda-metric-type-misplaced", a("scaledobject"), "    metricType: AverageValue\n    metadata:\n",
            "    metadata:\n      metricType: AverageValue\n"),
        Mutation(
            "hpa-described-object-not-found", "models/model-b/model-b.horizontalpodautoscaler.yaml",
            "kind: Service\n        name: model-b", "kind: Service\n        name: model-z"),
        Mutation("alert-without-severity-or-summary", a("prometheusrule"), "severity:", "level:"),
        Mutation(
            "prometheusrule-record-and-alert", a("prometheusrule"), "    - alert:", "    - record: x\n      alert:"),
        Mutation("nodepool-nodeclass-not-found", pool("model-a-primary"), "name: stowage-nvme", "name: stowage-ebs"),
        Mutation("nodepool-limits-too-low", pool("model-c-primary"), "nodes: 1\n", "nodes: 0\n"),
        Mutation("nodepool-limits-too-low", pool("model-e-primary"), "replicas: 5", "replicas: 1"),
        Mutation(
            "nodepool-duplicate-taint", pool("model-a-primary"), "effect: NoSchedule\n      - key: nvidia.com/gpu",
            "effect: NoSchedule\n      - key: nvidia.com/gpu\n        effect: NoSchedule\n      - key: nvidia.com/gpu"),
        Mutation("nodepool-consolidate-after-missing", pool("model-a-primary"), "    consolidateAfter: 14m\n", ""),
        Mutation("nodepool-budget-incomplete", pool("model-a-primary"), "      duration: 9h\n", ""),
        Mutation(
            "device-plugin-and-dra-driver", pool("model-e-primary"), "stowage.dev/gpu-allocation: dra",
            "stowage.dev/gpu-allocation: device-plugin\n        stowage.dev/device-plugin-config: whole"),
        Mutation("pod-resource-not-offered", overlay, "nvidia.com/mig-1g.20gb", "nvidia.com/mig-2g.20gb"),
        Mutation(
            "dra-deviceclass-not-found", "models/model-e/model-e-e3da9bf3.resourceclaimtemplate.yaml", "stowage-l40s",
            "stowage-l4"),
        Mutation(
            "dra-container-claim-not-found", e("deployment"), "claims:\n          - name: gpus",
            "claims:\n          - name: gpus\n          - name: gpu"),
        Mutation("dra-claim-unused", e("deployment"), "          claims:\n          - name: gpus\n", ""),
        Mutation("dra-claim-not-found", e("deployment"), "model-e-e3da9bf3", "model-e-gpus"),
        Mutation(
            "workload-selectors-overlap", "models/model-d/model-d-base.deployment.yaml",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: base",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d"),
        Mutation(
            "workload-selector-mismatch", "models/model-d/model-d-base.deployment.yaml",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: base",
            "  selector:\n    matchLabels:\n      stowage.dev/model: model-d\n      stowage.dev/role: basis"),
        Mutation(
            "configmap-not-found", "gpu/device-plugin-mig.configmap.yaml", "name: nvidia-device-plugin-mig",
            "name: device-plugin-mig"),
        Mutation(
            "daemonset-taint-not-tolerated", "gpu/device-plugin-whole.daemonset.yaml",
            "- key: stowage.dev/pool\n        operator: Exists",
            "- key: stowage.dev/pool\n        value: model-a-primary"),
        Mutation(
            "binding-role-not-found", "gpu/dcgm-exporter.rbac.yaml",
            "  kind: ClusterRole\n  name: stowage-dcgm-exporter",
            "  kind: ClusterRole\n  name: dcgm-exporter"),
        Mutation(
            "binding-subject-not-found", "gpu/dcgm-exporter.rbac.yaml", "- kind: ServiceAccount\n  name: dcgm-exporter",
            "- kind: ServiceAccount\n  name: dcgm"),
        Mutation("namespace-not-found", "platform/gpu-system.namespace.yaml", "name: gpu-system", "name: gpus"),
        Mutation(
            "networkpolicy-selects-no-pods", "platform/inference.networkpolicy.yaml", "key: stowage.dev/model",
            "key: stowage.dev/modell"),
        Mutation(
            "kustomize-resource-not-found", "models/model-a/kustomization.yaml", "resources:\n",
            "resources:\n- extra.yaml\n"),
        Mutation("kustomize-manifest-not-listed", "models/model-a/kustomization.yaml", "- model-a.service.yaml\n", ""),
        Mutation(
            "duplicate-object", "models/model-b/model-b.poddisruptionbudget.yaml", "  name: model-b\n",
            "  name: model-a\n"),
    ]

    private static func a(_ kind: String) -> String { "models/model-a/model-a.\(kind).yaml" }
    private static func e(_ kind: String) -> String { "models/model-e/model-e.\(kind).yaml" }
    private static func pool(_ name: String) -> String { "karpenter/\(name).nodepool.yaml" }
    private static let overlay = "karpenter/stowage-model-c-primary.nodeoverlay.yaml"
}
