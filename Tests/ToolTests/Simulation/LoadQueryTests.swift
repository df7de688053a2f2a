import Groundwork
import Simulate
import TestTools
import Testing

/// The compiled queries of scalers against the evaluator of PromQL, over random loads.
@Suite("A scaler's query over loads")
struct LoadQueryTests {
    private static let names = [
        "claims", "deepseek", "development", "groups", "minimal", "scaling", "seed", "shared",
    ]

    @Test("gives what PromQL gives over the same samples", arguments: names)
    func agrees(_ name: String) throws {
        let cluster = try SimulationTests.cluster(name)
        var problems: [UnreadableField] = []
        let tree = SimulatedTree(cluster.objects, cluster.plan.conditions, &problems)
        #expect(problems.map(\.message) == [])
        var numbers = SeededGenerator(seed: 11)
        var compared = 0
        for round in 0..<40 {
            var store = SeriesStore()
            var loads: [ScrapedLoad] = []
            for workload in tree.workloads {
                var load = ScrapedLoad()
                // Sometimes no replica is ready, and sometimes kube-state-metrics has not been scraped.
                for pod in 0..<Int.random(in: 0...3, using: &numbers) {
                    let labels = [
                        "namespace": workload.namespace, "model_name": workload.model ?? "",
                        "service": workload.service,
                        "pod": "\(workload.name)-7f9c4b5d6c-x2b4\("bcdfgh".map(String.init)[pod])", "engine": "0",
                    ]
                    let values = (0..<3).map { _ in Double(Int.random(in: 0...60, using: &numbers)) }
                    let share = Double(Int.random(in: 0...1000, using: &numbers)) / 1000
                    for (metric, value) in [
                        ("vllm:num_requests_running", values[0]), ("vllm:num_requests_waiting", values[1]),
                        ("vllm:kv_cache_usage_perc", share), ("DCGM_FI_DEV_GPU_UTIL", values[2]),
                        ("DCGM_FI_DEV_GPU_UTIL_RATIO", values[2] / 100),
                    ] { store.append(value, to: SeriesLabels(metric, labels), at: 1_000_000) }
                    load.targets += 1
                    load.running += values[0]
                    load.waiting += values[1]
                    load.cache += share
                    load.utilization += values[2]
                }
                if round % 7 != 0 {
                    let status = ScrapedLoad.Status(
                        wanted: 4, replicas: Double(Int.random(in: 0...5, using: &numbers)),
                        available: Double(Int.random(in: 0...3, using: &numbers)))
                    let labels = ["namespace": workload.namespace, "deployment": workload.name]
                    store.append(
                        status.replicas, to: SeriesLabels("kube_deployment_status_replicas", labels), at: 1_000_000)
                    store.append(
                        status.available, to: SeriesLabels("kube_deployment_status_replicas_available", labels),
                        at: 1_000_000)
                    load.status = status
                }
                loads.append(load)
            }
            for (place, workload) in tree.workloads.enumerated() {
                for (index, text) in workload.queries where !text.contains("rate(") || text.contains("rejections") {
                    let query = try parseQuery(text)
                    let expected = try QueryEvaluator(store).evaluate(query, at: 1_000_000).number
                    let value = tree.queries[place][index]?.value(
                        loads, RequestCounts(models: tree.models.count), at: 1_000_000)
                    if let expected, let value {
                        #expect(abs(expected - value) <= 1e-9 * max(1, expected.magnitude), "\(workload.name)")
                    } else {
                        #expect(expected == nil && value == nil, "\(workload.name): \(text)")
                    }
                    compared += 1
                }
            }
        }
        #expect(compared > 0)
    }
}
