import Testing

@testable import Groundwork

@Suite("Metrics and their sources")
struct MetricTests {
    @Test(
        "Every metric of generated queries has its row, and is not one that was renamed", arguments: MetricName.allCases
    )
    func handles(name: MetricName) throws {
        let metric = try #require(Metric.named(name.rawValue))
        #expect(metric.name == name.rawValue)
        #expect(metric.replacement.isEmpty)
        #expect(metric.buckets.isEmpty == (metric.kind != .histogram))
    }

    @Test("Every metric has a unit, ascending buckets if any, and the kind that its exporter's convention says")
    func rows() {
        for metric in Metric.all {
            #expect(!metric.unit.isEmpty, "\(metric.name)")
            #expect(metric.most.map { $0 > 0 } ?? true, "\(metric.name)")
            #expect(zip(metric.bounds, metric.bounds.dropFirst()).allSatisfy(<), "\(metric.name)")
            #expect(metric.buckets.isEmpty || metric.buckets.dropLast().count == metric.bounds.count, "\(metric.name)")
            #expect(metric.replacement.isEmpty || Metric.named(metric.replacement) != nil, "\(metric.name)")
            // The DCGM exporter, Envoy and ingress-nginx have no convention.
            if [.vLLM, .keda, .karpenter].contains(metric.source) {
                #expect((metric.kind == .counter) == metric.name.hasSuffix("_total"), "\(metric.name)")
            }
        }
        #expect(MetricName.gpuUtilization.metric.most == Thresholds.fullUtilization.value)
    }

    @Test("A histogram is found by its three names, and no other metric is")
    func suffixes() {
        for suffix in ["_bucket", "_sum", "_count"] {
            #expect(Metric.named("vllm:time_to_first_token_seconds\(suffix)")?.kind == .histogram)
            #expect(Metric.named("vllm:num_requests_running\(suffix)") == nil)
        }
    }

    @Test("Labels are those of the exporter, of the metric and of the scrape")
    func labels() {
        #expect(MetricName.xidErrors.metric.hasLabel("err_code") && MetricName.xidErrors.metric.hasLabel("UUID"))
        #expect(!MetricName.gpuUtilization.metric.hasLabel("err_code"))
        #expect(MetricName.timeToFirstToken.metric.hasLabel("le") && MetricName.running.metric.hasLabel("pod"))
        #expect(!MetricName.running.metric.hasLabel("model"))
    }
}
