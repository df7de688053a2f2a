import Diagnostics
import Testing

@testable import Verify

@Suite("What overlays make of a base")
struct OverlayFindingTests {
    private let base = [
        "base/kustomization.yaml": "resources: [a.yaml]\n",
        "base/a.yaml": """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: chat}
        spec:
          selector: {matchLabels: {app: chat}}
          template:
            metadata: {labels: {app: chat}}
            spec:
              containers: [{name: server, image: "server:1", ports: [{name: http, containerPort: 80}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: chat}
        spec: {selector: {app: chat}, ports: [{port: 80, targetPort: http}]}
        ---
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata: {name: chat}
        spec:
          scaleTargetRef: {name: chat}
          minReplicaCount: 4
          maxReplicaCount: 2
          triggers: [{type: cron, metadata: {timezone: UTC}}]

        """,
    ]

    /// What is found in the base with overlays, as `rule path:line:column`.
    private func found(_ overlays: [String: String], isClosed: Bool = false) -> [String] {
        findings(base.merging(overlays) { $1 }, isClosed: isClosed).map {
            "\($0.code) \($0.range?.description ?? "")"
        }
    }

    @Test("is what is checked: a patch that mends a fault leaves none")
    func mended() {
        #expect(found([:]) == ["autoscaler-min-above-max base/a.yaml:21:20"])
        let patch =
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: chat}\nspec: {maxReplicaCount: 8}\n"
        let overlay = ["prod/kustomization.yaml": "resources: [../base]\npatches: [{path: patch.yaml}]\n"]
        #expect(found(overlay.merging(["prod/patch.yaml": patch]) { $1 }) == [])
    }

    @Test("is what is checked: a patch that breaks something is reported where it does")
    func broken() {
        let overlay = """
            resources: [../base]
            patches:
            - target: {kind: ScaledObject}
              patch: |-
                - {op: replace, path: /spec/minReplicaCount, value: 1}
                - op: add
                  path: /spec/maxReplicas
                  value: 8
            - patch: |
                apiVersion: v1
                kind: Service
                metadata:
                  name: chat
                spec:
                  ports:
                  - port: 80
                    targetPort: htpt

            """
        #expect(
            found(["prod/kustomization.yaml": overlay], isClosed: true) == [
                "unknown-field prod/kustomization.yaml:7:13",
                "service-target-port-not-found prod/kustomization.yaml:17:21",
            ])
    }

    @Test("is checked with the value of a replacement, and a finding stands where that was taken from")
    func replaced() {
        let overlay = """
            resources: [../base, sizes.yaml]
            replacements:
            - source: {kind: ConfigMap, name: sizes, fieldPath: data.most}
              targets: [{select: {kind: ScaledObject}, fieldPaths: [spec.maxReplicaCount]}]

            """
        func sizes(_ most: Int) -> String {
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sizes}\ndata:\n  most: \"\(most)\"\n"
        }
        #expect(found(["prod/kustomization.yaml": overlay, "prod/sizes.yaml": sizes(8)]) == [])
        #expect(
            found(["prod/kustomization.yaml": overlay, "prod/sizes.yaml": sizes(3)]) == [
                "autoscaler-min-above-max base/a.yaml:21:20"
            ])
    }

    @Test("is told of a selector beside the value that a patch gave its label")
    func selector() throws {
        let overlay = """
            resources: [../base]
            patches:
            - target: {kind: Deployment}
              patch: |-
                - op: replace
                  path: /spec/template/metadata/labels/app
                  value: chat-two

            """
        let all = findings(base.merging(["prod/kustomization.yaml": overlay]) { $1 })
        let found = try #require(all.first { $0.code == "workload-selector-mismatch" })
        #expect(found.range?.description == "base/a.yaml:5:33")
        #expect(found.notes.map { $0.range?.description } == ["prod/kustomization.yaml:7:14"])
    }

    @Test("is said once where it is the same, whatever names the overlays give")
    func once() {
        let overlays = ["dev", "prod"].map { name in
            ("\(name)/kustomization.yaml", "namePrefix: \(name)-\nnamespace: \(name)\nresources: [../base]\n")
        }
        let found = found(Dictionary(uniqueKeysWithValues: overlays))
        #expect(
            found.filter { $0.hasPrefix("autoscaler-min-above-max") } == ["autoscaler-min-above-max base/a.yaml:21:20"])
    }

    @Test("has references that kustomize does not know of, and does not rename")
    func renamed() {
        let overlay = ["prod/kustomization.yaml": "namePrefix: prod-\nresources: [../base]\n"]
        let missing = findings(base.merging(overlay) { $1 }).filter { $0.code == "autoscaler-target-not-found" }
        #expect(missing.map { $0.range?.description } == ["base/a.yaml:20:26"])
        #expect(missing.first?.help.first?.text.contains("`prod-chat`") == true)
        let configured = overlay.merging([
            "prod/kustomization.yaml":
                "namePrefix: prod-\nresources: [../base]\nconfigurations: [names.yaml]\n",
            "prod/names.yaml":
                "nameReference:\n- kind: Deployment\n  fieldSpecs: [{path: spec/scaleTargetRef/name, kind: ScaledObject}]\n",
        ]) { $1 }
        #expect(
            !found(configured).contains { $0.hasPrefix("autoscaler-target-not-found") || $0.hasPrefix("unapplied") })
    }

    @Test("is not guessed where charts are rendered elsewhere")
    func partial() {
        let overlay = """
            resources: [../base]
            helmCharts: [{name: other}]
            patches: [{path: patch.yaml}]

            """
        let patch = "apiVersion: v1\nkind: Service\nmetadata: {name: other}\nspec: {type: ClusterIP}\n"
        let codes = found(["prod/kustomization.yaml": overlay, "prod/patch.yaml": patch])
        #expect(
            codes == [
                "autoscaler-min-above-max base/a.yaml:21:20",
                "kustomize-feature-not-applied prod/kustomization.yaml:2:1",
            ])
    }

    @Test("is corrected in a shared file only where each overlay asks for it")
    func corrected() {
        let number = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 1\n"
        func corrections(_ dev: String) -> [String] {
            let files = [
                "base/kustomization.yaml": "resources: [a.yaml]\n", "base/a.yaml": number,
                "dev/kustomization.yaml": "resources: [../base]\n\(dev)",
                "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\n",
            ].sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
            var report = Report()
            let made = verify(SourceTree(files: files, roots: ["."], isClosed: false), .all, &report)
            #expect(report.diagnostics.map(\.code) == ["field-type-mismatch"])
            return apply(made).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        #expect(corrections("") == [number.replacing("a: 1", with: "a: \"1\"")])
        let patch = "patches: [{patch: \"{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}\"}]\n"
        #expect(corrections(patch) == [])
    }

    @Test(
        "is not corrected where a line of a patch says more than the object shows",
        arguments: [
            "spec:\n  replicas: 2\n", "spec:\n  replicas: 2\n  paused: false\n",
        ])
    func lines(_ spec: String) {
        var files = base
        files["prod/kustomization.yaml"] = "resources: [../base]\npatches: [{path: patch.yaml}]\n"
        files["prod/patch.yaml"] = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chat}\n\(spec)"
        let sources = files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
        var report = Report()
        let made = verify(SourceTree(files: sources, roots: ["."], isClosed: false), .all, &report)
        #expect(report.diagnostics.contains { $0.code == "autoscaled-replicas-fixed" })
        #expect(apply(made).isEmpty)
    }

    @Test("is bounded, however often overlays take in each other")
    func bounded() {
        var files = ["0/kustomization.yaml": "resources: [a.yaml]\n", "0/a.yaml": base["base/a.yaml"] ?? ""]
        for level in 1...40 {
            for side in ["a", "b"] {
                let inner = level == 1 ? "[../0, ../0]" : "[../\(level - 1)a, ../\(level - 1)b]"
                files["\(level)\(side)/kustomization.yaml"] = "namePrefix: \(side)-\nresources: \(inner)\n"
            }
        }
        files["circle/kustomization.yaml"] = "resources: [../circle2]\n"
        files["circle2/kustomization.yaml"] = "resources: [../circle]\n"
        let sources = files.map { SourceFile(path: $0.key, text: $0.value) }
        var report = Report()
        let tree = KustomizedTree(
            SourceTree(files: sources, roots: ["."], isClosed: false).manifests(&report), data: [])
        var build = KustomizeBuild(tree, room: 1000)
        #expect(tree.kustomizations["40a"].map { build.build($0).count <= 1000 } == true)
    }
}
