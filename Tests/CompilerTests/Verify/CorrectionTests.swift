import Diagnostics
import Testing

@testable import Verify

@Suite("A correction")
struct CorrectionTests {
    private func corrected(_ text: String) -> String {
        let file = SourceFile(path: "a.yaml", text: text)
        var report = Report()
        let corrections = verify(SourceTree(files: [file], roots: ["."], isClosed: false), .all, &report)
        return apply(corrections).first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
    }

    @Test("keeps comments and layout, and leaves nothing that it mends")
    func scaler() {
        let text = """
            # The scaler of chat.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: chat}   # by hand
            spec:
              scaleTargetRef: {name: chat}
              minReplicaCount: 1
              triggers:
              - type: prometheus
                metadata:
                  serverAddress: http://prometheus:9090
                  metricName: load   # nobody reads this
                  metricType: Value
                  threshold: 0.8 # of the cache
                  query: |
                    avg(vllm:gpu_cache_usage_perc{model_name="chat"})   

            """
        let expected = text.replacing("      metricName: load   # nobody reads this\n", with: "")
            .replacing("      metricType: Value\n", with: "").replacing(
                "    metadata:\n", with: "    metricType: Value\n    metadata:\n"
            )
            .replacing("threshold: 0.8 #", with: "threshold: \"0.8\" #").replacing("gpu_cache", with: "kv_cache")
        #expect(corrected(text) == expected)
        #expect(corrected(expected) == expected)
    }

    @Test(
        "leaves a metric type if KEDA would reject the change, or the query is a total",
        arguments: [("Utilization", "avg"), ("Value", "sum")])
    func metricTypes(_ type: String, _ function: String) {
        let text = """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata:
              name: chat
            spec:
              scaleTargetRef:
                name: chat
              triggers:
              - type: prometheus
                metadata:
                  serverAddress: http://prometheus:9090
                  metricType: \(type)
                  threshold: "8"
                  query: \(function)(vllm:num_requests_running{namespace="a"})

            """
        #expect(corrected(text) == text)
    }

    @Test(
        "is made where one form is right",
        arguments: [
            (
                "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\n", "policy/v1beta1",
                "policy/v1"
            ),
            ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 1\n", "a: 1", "a: \"1\""),
            (
                "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: a}\nspec: {disruption: {consolidationPolicy: WhenUnderutilized}}\n",
                "WhenUnderutilized", "WhenEmptyOrUnderutilized"
            ),
            (
                "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: a, rules: [{record: a, expr: 'rate(vllm:time_to_first_token_seconds_bucket{le=\"1\"}[5m])'}]}]}\n",
                "le=\"1\"", "le=\"1.0\""
            ),
        ])
    func forms(_ text: String, _ old: String, _ new: String) {
        #expect(corrected(text) == text.replacing(old, with: new))
    }

    @Test(
        "adds a file to the kustomization beside it, in the layout of its list",
        arguments: [
            (
                "resources:\n- b.yaml # first\nnamespace: x\n",
                "resources:\n- b.yaml # first\n- a.yaml\n- c.yaml\nnamespace: x\n"
            ),
            ("resources:\n  -   b.yaml", "resources:\n  -   b.yaml\n  -   a.yaml\n  -   c.yaml"),
            ("resources: [b.yaml]\n", "resources: [b.yaml, a.yaml, c.yaml]\n"),
            ("resources: [\n  b.yaml\n]\n", "resources: [\n  b.yaml, a.yaml, c.yaml\n]\n"),
        ])
    func listed(_ text: String, _ expected: String) {
        func file(_ name: String) -> SourceFile {
            SourceFile(path: "\(name).yaml", text: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n")
        }
        let files = [
            file("a"), file("b"), file("c"), SourceFile(path: "kustomization.yaml", text: text),
        ]
        var report = Report()
        let corrections = verify(SourceTree(files: files, roots: ["."], isClosed: true), .all, &report)
        let made = apply(corrections)
        #expect(made.map(\.file.path) == ["kustomization.yaml"])
        #expect(made.first.map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
    }

    @Test("is not made of what is allowed, or where a line holds more")
    func rejected() {
        let flow =
            "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec: {scaleTargetRef: {name: a}, minReplicaCount: 1, triggers: [{type: prometheus, metadata: {metricName: a, query: up}}]}\n"
        #expect(corrected(flow) == flow)
        let allowed =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  # stowage:allow field-type-mismatch: a test\n  a: 1\n"
        #expect(corrected(allowed) == allowed)
    }
}
