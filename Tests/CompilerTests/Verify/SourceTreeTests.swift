import Diagnostics
import Foundation
import Testing

@testable import Verify

@Suite("A tree of other authors")
struct SourceTreeTests {
    private let pool = """
        apiVersion: karpenter.sh/v1
        kind: NodePool
        metadata: {name: a}
        spec:
          template:
            spec: {requirements: [], nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpus}}

        """
    private let service = """
        apiVersion: v1
        kind: Service
        metadata: {name: a}

        """

    @Test("may refer to what lies elsewhere, unless it is said to be all there is")
    func closed() {
        #expect(codes(["a.yaml": pool]) == [])
        #expect(codes(["a.yaml": pool], isClosed: true) == ["nodepool-nodeclass-not-found"])
    }

    @Test("is warned of a reference that a similar name speaks against")
    func evidence() {
        let other = "apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: {name: gpu}\n"
        let found = findings(["a.yaml": pool, "b.yaml": other])
        #expect(found.map(\.code) == ["nodepool-nodeclass-not-found"])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test("may hold an object once in each overlay of a base")
    func overlays() {
        let files = [
            "base/kustomization.yaml": "resources: [a.yaml]\n", "base/a.yaml": service,
            "overlays/dev/kustomization.yaml": "namespace: dev\nresources: [../../base]\n",
            "overlays/prod/kustomization.yaml": "namespace: prod\nresources: [../../base, b.yaml]\n",
            "overlays/prod/b.yaml": service.replacing("{name: a}", with: "{name: b, namespace: prod}"),
        ]
        #expect(codes(files) == [])
        let twice = files.merging(["overlays/prod/c.yaml": service.replacing("{name: a}", with: "{name: b}")]) { $1 }
        var listed = twice
        listed["overlays/prod/kustomization.yaml"] = "namespace: prod\nresources: [../../base, b.yaml, c.yaml]\n"
        #expect(codes(listed) == ["duplicate-object"])
    }

    @Test("may hold an object once in each of several folders, and not twice in one")
    func folders() {
        #expect(codes(["dev/a.yaml": service, "prod/a.yaml": service]) == [])
        #expect(codes(["dev/a.yaml": service, "dev/b.yaml": service]) == ["duplicate-object"])
    }

    @Test("may hold alternatives in one folder, unless the folder is applied as a whole")
    func alternatives() {
        let alike = ["dev/server-l4.yaml": service, "dev/server-h100.yaml": service]
        #expect(codes(alike) == [])
        #expect(codes(alike, isClosed: true) == ["duplicate-object"])
        let list = ["dev/kustomization.yaml": "resources: [server-l4.yaml, server-h100.yaml]\n"]
        #expect(codes(alike.merging(list) { $1 }).contains("duplicate-object"))
        let application =
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {path: dev}}\n"
        #expect(codes(alike.merging(["apps/a.yaml": application]) { $1 }).contains("duplicate-object"))
        let unlike = ["dev/web.yaml": service, "dev/queue.yaml": service]
        #expect(findings(unlike).map(\.severity) == [.warning])
        #expect(findings(unlike, isClosed: true).map(\.severity) == [.error])
        // Beside alternatives, any two files with one object are alternatives.
        #expect(codes(alike.merging(unlike.mapValues { $0.replacing("name: a", with: "name: b") }) { $1 }) == [])
    }

    @Test("is warned of two objects that contradict each other, which may not be applied together")
    func contradictions() {
        func scaler(_ name: String) -> String {
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: \(name)}\n"
                + "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, maxReplicas: 2}\n"
        }
        let apart = ["hpa-cpu.yaml": scaler("a"), "hpa-load.yaml": scaler("b")]
        #expect(findings(apart).map(\.severity) == [.warning])
        #expect(findings(["hpa.yaml": scaler("a") + "---\n" + scaler("b")]).map(\.severity) == [.error])
        let list = ["kustomization.yaml": "resources: [hpa-cpu.yaml, hpa-load.yaml]\n"]
        #expect(findings(apart.merging(list) { $1 }).map(\.severity) == [.error])
    }

    @Test("is not checked as objects where kustomize leaves a file out, except for the fields")
    func leftOut() {
        let part = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {FIELD: []}}}\n"
        let list = "resources: [service.yaml]\n"
        func found(_ field: String, _ path: String) -> [String] {
            codes([
                "base/kustomization.yaml": list, "base/service.yaml": service,
                path: part.replacing("FIELD", with: field),
            ])
        }
        #expect(found("volumes", "base/a.yaml") == ["kustomize-manifest-not-listed"])
        #expect(found("volumes", "base/patches/a.yaml") == [])
        #expect(found("volumes", "base/old/a_patch.yaml") == [])
        #expect(found("volumes", "base/old/a.yaml") == ["missing-field"])
        #expect(found("volums", "base/a.yaml") == ["kustomize-manifest-not-listed", "unknown-field"])
    }

    @Test("may have words in braces that a reader replaces")
    func braces() {
        let pod =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: {user}/a:1\n"
        #expect(findings(["a.yaml": pod]).map(\.code) == ["unrendered-template"])
        #expect(findings(["a.yaml": pod + "    ports: []\n"]).map(\.code) == ["unrendered-template"])
        #expect(codes(["a.yaml": pod.replacing("{user}/a:1", with: "\"{user}/a:1\"")]) == [])
        #expect(codes(["a.yaml": pod.replacing("{user}/a:1", with: "a:1\n   b: 1")]) == ["wrong-indentation"])
    }

    @Test("may hold lists, which are their items")
    func lists() {
        let item = "- {apiVersion: v1, kind: Service, metadata: {name: a}}\n"
        let list = "apiVersion: v1\nkind: List\nitems:\n" + item
        #expect(codes(["a.yaml": list]) == [])
        #expect(codes(["a.yaml": list + item]) == ["duplicate-object"])
    }

    @Test("may hold values, charts and files of other programs")
    func others() {
        let files = [
            "values.yaml": "image: !custom a\nimage: b\n", "chart/Chart.yaml": "apiVersion: v2\nname: a\n",
            "ci.yml": "build: {script: !reference [a, b]}\n", "empty.yaml": "", "scalar.yaml": "just a text",
        ]
        #expect(codes(files) == [])
    }

    @Test(
        "names the templates that it passes over",
        arguments: [
            "metadata: {name: {{ .Values.name }}}\n", "{{- if .Values.on }}\nmetadata: {name: a}\n{{- end }}\n",
        ])
    func templates(_ text: String) {
        let file = "apiVersion: v1\nkind: Service\n" + text
        #expect(
            codes(["chart/Chart.yaml": "apiVersion: v2", "chart/templates/a.yaml": file]) == ["unrendered-template"])
        #expect(codes(["a.yaml": file]) == ["unrendered-template"])
    }

    @Test("is told what is no YAML, and checked as for the rest")
    func malformed() {
        let broken = "apiVersion: v1\nkind: Service\nmetadata: {name: a\n"
        #expect(
            codes(["a.yaml": broken, "b.yaml": service + "---\n" + service]) == [
                "duplicate-object", "unclosed-bracket",
            ])
    }

    @Test(
        "allows a finding with a reason",
        arguments: [
            ("# stowage:allow duplicate-object: the second wins\n", [], ""),
            ("# stowage:allow duplicate-object\n", ["duplicate-object", "unexplained-suppression"], ""),
            ("# stowage:allow duplicate-objekt: x\n", ["duplicate-object", "unknown-rule"], ""),
            ("# stowage:allow kustomize-resource-not-found, duplicate-object: x\n", ["idle-suppression"], ""),
            ("", [], " # stowage:allow duplicate-object: x"),
            ("", ["duplicate-object"], " #stowage:allowed duplicate-object: x"),
        ])
    func allowances(_ above: String, _ expected: [String], _ behind: String) {
        let second = "apiVersion: v1\nkind: Service\nmetadata:\n  \(above)  name: a\(behind)\n"
        #expect(codes(["a.yaml": service + "---\n" + second]) == expected)
    }

    @Test("allows the findings of an object by an annotation")
    func annotation() {
        let second = service.replacing(
            "{name: a}", with: "{name: a, annotations: {allow.stowage.dev/duplicate-object: it is meant so}}")
        #expect(codes(["a.yaml": service + "---\n" + second]) == [])
        #expect(codes(["a.yaml": second]) == ["idle-suppression"])
        let former = "# stowage:allow service-without-pods: a controller sets its endpoints\n"
        let selecting = service + former + "spec: {selector: {app: a}}\n"
        #expect(codes(["a.yaml": selecting], isClosed: true) == [])
    }

    @Test("adopts the rules by a baseline, which knows a finding on any line and in a file of any name")
    func baseline() throws {
        let found = findings(["a.yaml": service + "---\n" + service])
        var report = Report()
        let file = SourceFile(path: "baseline.json", text: Baseline(found).text)
        let baseline = try #require(Baseline(file, &report))
        let moved = findings(["b.yaml": "# moved\n" + service + "---\n" + service])
        #expect(baseline.unknown(among: moved).findings.isEmpty)
        #expect(baseline.unknown(among: moved + moved).findings.count == 1)
        #expect(baseline.unknown(among: []).stale == 1)
        for text in ["[]", #"{"findings": [{"rule": "duplicate-object", "file": "a.yaml", "message": "x"}]}"#] {
            #expect(Baseline(SourceFile(path: "x.json", text: text), &report) == nil)
        }
    }

    @Test("tells findings apart by their object and the fields that lead to them")
    func keys() {
        let pod = "spec: {containers: [{name: x}, {name: b, image: c, args: [-v, --model=d]}]}"
        let list = "kind: List\nitems:\n- {kind: Pod, metadata: {name: z}, spec: {hostNetwork: true}}\n"
        let all = "a: 1\n---\nkind: Pod\nmetadata: {name: a, namespace: n}\n\(pod)\n---\n\(list)"
        let file = SourceFile(path: "a.yaml", text: all)
        var keys = FindingKeys()
        func key(_ text: String) -> String {
            let start = all.utf8Offset(of: text)
            let place = SourceRange(file, start, start + 1)
            let key = keys.key(of: Diagnostic(.error, "x", "", at: place))
            return "\(key.object): \(key.field)"
        }
        #expect(key("1\n") == "a.yaml: a")
        #expect(key("image") == "Pod n/a: spec.containers[b].image")
        #expect(key("c, args") == "Pod n/a: spec.containers[b].image")
        #expect(key("--model") == "Pod n/a: spec.containers[b].args[--model]")
        #expect(key("true") == "Pod z: spec.hostNetwork")
        let nowhere = keys.key(of: Diagnostic(.error, "x", "", at: nil))
        #expect(nowhere == FindingKey(rule: "x", object: "", field: ""))
    }

    @Test("may hold values of a chart that serves models, whose weights have to fit")
    func chartValues() {
        func values(_ partition: String) -> String {
            """
            servingEngineSpec:
              runtimeClassName: ""
              modelSpec:
              - {name: a, modelURL: Qwen/Qwen3-8B, requestGPU: 1, requestGPUType: nvidia.com/mig-\(partition)}
            """
        }
        #expect(codes(["values.yaml": values("1g.10gb")]) == ["model-exceeds-gpu-memory"])
        #expect(codes(["values.yaml": values("3g.40gb")]) == [])
        #expect(codes(["values.yaml": values("1g.10gb").replacing("servingEngineSpec", with: "engines")]) == [])
    }

    @Test("is told that an autoscaler corrects replicas outside of its bounds at once")
    func correctedReplicas() {
        func notes(_ replicas: Int) -> [String] {
            let files = [
                "a.yaml": """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec: {replicas: \(replicas), selector: {matchLabels: {a: b}}, template: {}}
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: a}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 4, maxReplicas: 9}
                """
            ]
            return findings(files).filter { $0.code == "autoscaled-replicas-fixed" }.flatMap(\.notes).map(\.message)
        }
        #expect(notes(4).count == 1 && notes(9).count == 1 && notes(0).count == 1)
        #expect(notes(1).last == "the HPA corrects 1 to 4 replicas at once, without its windows and policies")
        #expect(notes(12).last == "the HPA corrects 12 to 9 replicas at once, without its windows and policies")
    }

    @Test("is asked the rules of a choice")
    func choice() {
        let files = ["a.yaml": service + "---\n" + service]
        #expect(codes(files, RuleSelection.of(only: ["structure"], except: [], severity: .error).choice).count == 1)
        #expect(codes(files, RuleSelection.of(only: ["scaling"], except: [], severity: .error).choice) == [])
        #expect(codes(files, RuleSelection.of(only: [], except: ["duplicate-object"], severity: .error).choice) == [])
        #expect(RuleSelection.of(only: ["duplicate"], except: [], severity: .error).unknown == "duplicate")
    }
}

/// What is found in files, in an open tree unless said otherwise.
func findings(_ files: [String: String], isClosed: Bool = false, _ choice: RuleSelection = .all) -> [Diagnostic] {
    let files = files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) }
    var report = Report()
    verify(SourceTree(files: files, roots: ["."], isClosed: isClosed), choice, &report)
    return report.diagnostics
}

/// The codes of what is found, each once.
func codes(_ files: [String: String], isClosed: Bool = false, _ choice: RuleSelection = .all) -> [String] {
    Set(findings(files, isClosed: isClosed, choice).map(\.code)).sorted()
}

extension String {
    /// Where a text begins, in bytes.
    fileprivate func utf8Offset(of text: String) -> Int {
        range(of: text).map { utf8.distance(from: startIndex, to: $0.lowerBound) } ?? 0
    }
}
