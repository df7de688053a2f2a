import Diagnostics
import Testing

@testable import Groundwork
@testable import Verify

@Suite("The fields of an object")
struct FieldTests {
    @Test(
        "are told where they belong",
        arguments: [
            ("behavior: {}", "spec.advanced", "behavior", "misplaced-field"),
            (
                "stabilizationWindowSecond: 1", "spec.advanced.horizontalPodAutoscalerConfig.behavior.scaleDown", "",
                "unknown-field"
            ),
        ])
    func homes(_ line: String, _ path: String, _ key: String, _ code: String) {
        var text = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\n"
        var indent = ""
        for step in path.split(separator: ".") {
            text += "\(indent)\(step):\n"
            indent += "  "
            if step == "spec" {
                text += "  scaleTargetRef: {name: a}\n"
                text += "  triggers: [{type: cpu, metricType: Utilization, metadata: {value: \"1\"}}]\n"
            }
        }
        let found = findings(["a.yaml": text + indent + line + "\n"])
        #expect(found.map(\.code) == [code])
        #expect(found.first?.help.first != nil)
    }

    @Test(
        "may be words that the published schemas leave out",
        arguments: [
            (
                "autoscaling/v2", "HorizontalPodAutoscaler",
                "{maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: b}, behavior: {scaleUp: {selectPolicy: max}}}",
                "did you mean `Max`?"
            ),
            (
                "keda.sh/v1alpha1", "ScaledObject",
                """
                {scaleTargetRef: {name: b}, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "1"}}],
                  advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {selectPolicy: disabled}}}}}
                """, "did you mean `Disabled`?"
            ),
            ("v1", "Service", "{type: Loadbalancer, ports: [{port: 80}]}", "did you mean `LoadBalancer`?"),
        ])
    func words(_ version: String, _ kind: String, _ spec: String, _ help: String) {
        let text = "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: a}\nspec:\n  \(spec)\n"
        let found = findings(["a.yaml": text])
        #expect(found.map(\.code) == ["invalid-enum-value"])
        #expect(found.first?.help.map(\.text) == [help])
    }

    @Test("are those of the release that is declared")
    func versions() {
        let text =
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\nspec: {maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: b}, behavior: {scaleUp: {tolerance: \"0\"}}}\n"
        let tree = SourceTree(files: [SourceFile(path: "a.yaml", text: text)], roots: ["."], isClosed: false)
        for (minor, expected) in [(34, ["field-not-supported"]), (35, [])] {
            var report = Report()
            verify(tree, .all, versions: PlatformVersions(kubernetes: Version(1, minor)), &report)
            #expect(report.diagnostics.map(\.code) == expected)
            #expect(report.diagnostics.allSatisfy { $0.message.hasSuffix("has no effect before Kubernetes 1.35") })
        }
    }

    @Test("are also those of a definition that the user gives")
    func definitions() {
        let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              names: {kind: Widget}
              versions:
              - name: v1
                served: true
                schema:
                  openAPIV3Schema:
                    type: object
                    required: [spec]
                    properties:
                      spec:
                        type: object
                        required: [size]
                        properties:
                          size: {type: integer, minimum: 1}
                          color: {type: string, enum: [red, blue]}
                          code: {type: string, pattern: "^[a-z]{2}$"}
                          free: {type: object, x-kubernetes-preserve-unknown-fields: true}
            """
        var schemas = Schemas.known
        var report = Report()
        #expect(schemas.addDefinitions(of: SourceFile(path: "crd.yaml", text: definition), &report) == 1)
        let head = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n"
        let cases = [
            ("spec: {size: 1, color: red, code: ab, free: {x: 1}}", []), ("spec: {size: 0}", ["value-out-of-range"]),
            ("spec: {}", ["missing-field"]),
            ("spec: {size: a}", ["field-type-mismatch"]), ("spec: {size: 1, color: green}", ["invalid-enum-value"]),
            ("spec: {size: 1, code: abc}", ["invalid-value"]),
            ("spec: {size: 1, colour: red}", ["unknown-field"]), ("", ["missing-field"]),
        ]
        for (text, expected) in cases {
            var report = Report()
            let tree = SourceTree(files: [SourceFile(path: "a.yaml", text: head + text)], roots: ["."], isClosed: false)
            verify(tree, .all, schemas: schemas, &report)
            #expect(report.diagnostics.map(\.code) == expected, "\(text)")
        }
    }
}
