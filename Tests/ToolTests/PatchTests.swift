import Diagnostics
import Foundation
import Groundwork
import Planning
import TestTools
import Testing
import YAML

@testable import Compiler

/// Patches in a spec, and the same patches in a kustomization of what the spec compiles to without them.
@Suite("A patch in a spec")
struct PatchTests {
    private static let merges = [
        ("Deployment", "{spec: {template: {spec: {containers: [{name: logs, image: \"logs:1\"}]}}}}"),
        (
            "Deployment",
            "{spec: {template: {spec: {containers: [{name: vllm, env: [{name: HF_HOME, value: /hf}, {name: A, value: \"1\"}]}]}}}}"
        ),
        (
            "Deployment",
            "{spec: {template: {spec: {volumes: [{name: cache, emptyDir: ~, hostPath: {path: /x}}], tolerations: []}}}}"
        ),
        ("Deployment", "{spec: {template: {spec: {affinity: {nodeAffinity: {$patch: delete}}}}}}"),
        ("Deployment", "{spec: {strategy: {$patch: replace, type: Recreate}}}"),
        ("ScaledObject", "{spec: {triggers: [{type: cpu, metricType: Utilization, metadata: {value: \"80\"}}]}}"),
        (
            "Service",
            "{spec: {ports: [{name: http, port: 8000, protocol: TCP, nodePort: 30000}]}}"
        ),
    ]

    private static let operations = [
        ("Deployment", "{op: add, path: /spec/template/spec/containers/0/args/-, value: --x}"),
        ("Deployment", "{op: add, path: /spec/template/spec/containers/0/args/-2, value: --x}"),
        ("Deployment", "{op: remove, path: /spec/template/spec/containers/0/args/-1}"),
        ("Deployment", "{op: replace, path: /spec/template/spec/containers/0/name, value: server}"),
        ("Deployment", "{op: move, from: /spec/strategy, path: /spec/template/strategy}"),
        ("Service", "{op: copy, from: /metadata/labels/app.kubernetes.io~1part-of, path: /metadata/labels/app}"),
        ("Service", "{op: test, path: /spec/ports/0/protocol, value: TCP}"),
    ]

    @Test(
        "merges as kustomize does", .enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"),
        arguments: merges)
    func merge(_ kind: String, _ patch: String) throws {
        try compare(kind, "merge: \(patch)", "{apiVersion: x, kind: \(kind), metadata: {name: x}, \(patch.dropFirst())")
    }

    @Test(
        "makes operations as kustomize does",
        .enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"), arguments: operations)
    func operation(_ kind: String, _ operation: String) throws {
        try compare(kind, "json: [\(operation)]", "- \(operation)")
    }

    /// Compares the patched object of a kind with what kustomize makes of the object.
    private func compare(_ kind: String, _ own: String, _ theirs: String) throws {
        let before = try objects(of: kind, patches: "")
        let after = try objects(of: kind, patches: "  patches: [{target: {kind: \(kind)}, \(own)}]\n")
        let outcome = try withTemporaryFolder { scratch in
            try Data(before.utf8).write(to: scratch.appending(path: "objects.yaml"))
            let text = "resources: [objects.yaml]\npatches:\n- target: {kind: \(kind)}\n  patch: |-\n    \(theirs)\n"
            try Data(text.utf8).write(to: scratch.appending(path: "kustomization.yaml"))
            return try run(["kubectl", "kustomize", scratch.path], environment: ["KUBECONFIG": "/dev/null"])
        }
        #expect(outcome.status == 0, "\(outcome.said)")
        let built = String(decoding: outcome.output, as: UTF8.self)
        #expect(try read(after).map(meaning) == read(built).map(meaning))
        if !own.contains("op: test") { #expect(try read(after).map(meaning) != read(before).map(meaning)) }
    }

    /// Writes the first object of a kind of the smallest example with patches, whatever the rules say of it.
    private func objects(of kind: String, patches: String) throws -> String {
        let text = try String(contentsOf: root.appending(path: "specs/minimal.yaml"), encoding: .utf8) + patches
        var report = Report()
        let source = SpecSource(SourceFile(path: "minimal.yaml", text: text))
        let spec = try #require(understand(source, &report), "\(report.diagnostics.map(\.message))")
        let plan = try #require(plan(spec, &report))
        let library = TemplateLibrary([.defaults])
        let rendered = try #require(render(library.forPlan, from: planFacts.record(plan), &report))
        let manifests = try #require(patch(rendered, by: spec.patches, &report), "\(report.diagnostics.map(\.message))")
        let manifest = try #require(manifests.first { $0.documents.first?.root["kind"]?.text == kind })
        var bytes: [UInt8] = []
        write(manifest, cluster: "minimal", to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func read(_ text: String) throws -> [Node] {
        var report = Report()
        return try #require(readYAML(SourceFile(path: "objects.yaml", text: text), &report))
    }
}
