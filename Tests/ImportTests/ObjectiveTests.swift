import Diagnostics
import Groundwork
import Testing

@testable import Import

@Suite("The objectives of a model")
struct ObjectiveTests {
    private func read(_ text: String, fields: [String] = ["timeToFirstToken", "timePerOutputToken", "availability"])
        throws -> String
    {
        var report = Report()
        let manifest = try #require(readManifest(SourceFile(path: "rules.yaml", text: text), &report))
        let objects = manifest.documents.compactMap { ImportedObject($0.root) }
        let tree = ImportedTree(objects: objects, leftOut: 0)
        let value = readObjectives("chat", served: "llama", tree, fields: fields)
        return value.map { lines($0).replacing(#/ +# .*/#, with: "") } ?? ""
    }

    @Test("are read from a ServiceLevelObjective of pyrra")
    func pyrra() throws {
        let found = try read(
            """
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata: {name: chat-ttft}
            spec:
              target: "95"
              window: 4w
              indicator:
                latency:
                  success: {metric: 'vllm:time_to_first_token_seconds_bucket{model_name="llama",le="0.75"}'}
                  total: {metric: 'vllm:time_to_first_token_seconds_count{model_name="llama"}'}
            ---
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata: {name: chat-errors}
            spec:
              target: "99.9"
              indicator:
                ratio:
                  errors: {metric: 'istio_requests_total{destination_service_name="chat",response_code=~"5.."}'}
                  total: {metric: 'istio_requests_total{destination_service_name="chat"}'}
            """)
        #expect(found == "timeToFirstToken: {p95: 750ms}\navailability: 99.9%\n")
    }

    @Test("are read from a PrometheusServiceLevel of sloth")
    func sloth() throws {
        let found = try read(
            """
            apiVersion: sloth.slok.dev/v1
            kind: PrometheusServiceLevel
            metadata: {name: chat}
            spec:
              service: chat
              slos:
              - name: latency
                objective: 99
                sli:
                  events:
                    errorQuery: sum(rate(vllm:request_time_per_output_token_seconds_count{model_name="llama"}[{{.window}}])) - sum(rate(vllm:request_time_per_output_token_seconds_bucket{model_name="llama",le="0.1"}[{{.window}}]))
                    totalQuery: sum(rate(vllm:request_time_per_output_token_seconds_count{model_name="llama"}[{{.window}}]))
            """)
        #expect(found == "timePerOutputToken: {p99: 100ms}\n")
    }

    @Test(
        "are read from a burn-rate alert, with the budget as a number or as the rest of the target",
        arguments: ["14.4 * 0.05", "(14.4 * 0.05)", "6 * (1 - 0.95)"])
    func alert(_ factor: String) throws {
        let found = try read(
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: chat}
            spec:
              groups:
              - name: chat
                rules:
                - alert: TTFTBurn
                  expr: |
                    1 - sum(rate(vllm:time_to_first_token_seconds_bucket{model_name="llama",le="1.0"}[1h]))
                    / sum(rate(vllm:time_to_first_token_seconds_count{model_name="llama"}[1h])) > \(factor)
            """)
        #expect(found == "timeToFirstToken: {p95: 1000ms}\n")
    }

    @Test("of another model are not its own, nor what a spec has no percentile for")
    func others() throws {
        func object(_ model: String, _ target: String) -> String {
            """
            apiVersion: pyrra.dev/v1alpha1
            kind: ServiceLevelObjective
            metadata: {name: a}
            spec:
              target: "\(target)"
              indicator:
                latency:
                  success: {metric: 'vllm:time_to_first_token_seconds_bucket{model_name="\(model)",le="0.5"}'}
            """
        }
        #expect(try read(object("other", "95")) == "")
        #expect(try read(object("llama", "97.5")) == "")
        #expect(try read(object("llama", "90")) == "timeToFirstToken: {p90: 500ms}\n")
    }
}
