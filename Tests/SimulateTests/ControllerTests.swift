import Groundwork
import Simulate
import Testing

/// The simulated controller beside what a real one of Kubernetes 1.36 did in a cluster, on 2026-11-22.
struct ControllerTests {
    @Test(
        "decides as a real controller did, with both tolerances set",
        arguments: [
            (8, 500, 8), (8, 350, 8), (8, 310, 8), (8, 290, 8), (8, 230, 4), (4, 230, 4), (4, 279, 4), (4, 283, 5),
        ])
    func tolerances(_ replicas: Int32, _ total: Int, _ decision: Int32) {
        #expect(decide(replicas, total, up: Quantity("0"), down: Quantity("571m")) == decision)
    }

    @Test("decides as a real controller did, with its own tolerance", arguments: [(5, 370, 5), (5, 390, 6)])
    func standing(_ replicas: Int32, _ total: Int, _ decision: Int32) {
        #expect(decide(replicas, total, up: nil, down: Quantity("571m")) == decision)
    }

    @Test(
        "the article's own scaler never gets beyond two replicas", arguments: 0...100)
    func averageOfAverage(_ utilization: Int) {
        // AverageValue, KEDA's default, divides by the replicas what is an average already.
        var autoscaler = autoscaler(HPASpec(minReplicas: 2, maxReplicas: 10, metrics: [average(70)]))
        for step in 1...480 {
            let decision = autoscaler.step(
                at: .seconds(15 * step), scale: scale(2), metrics: [.value(utilization * 1000)])
            #expect(decision.replicas == 2)
        }
    }

    @Test("takes the greatest proposal, and does not shrink while a metric is gone")
    func severalMetrics() {
        func decide(_ first: Int?, _ second: Int?) -> Int32? {
            let behavior = ScalingBehavior(up: .init(tolerance: Quantity("0")), down: .init(window: 0))
            var autoscaler = autoscaler(
                HPASpec(minReplicas: 2, maxReplicas: 12, metrics: [average(70), average(10)], behavior: behavior))
            let readings = [first, second].map { $0.map { MetricReading.value($0 * 1000) } ?? .failed }
            return autoscaler.step(at: .seconds(15), scale: scale(4), metrics: readings).replicas
        }
        #expect(decide(100, 55) == 6)
        #expect(decide(100, nil) == 4)
        #expect(decide(400, nil) == 6)
        #expect(decide(nil, nil) == 4)
    }

    @Test("waits for the scale-down window, and takes no more than a policy allows")
    func windows() {
        let behavior = ScalingBehavior(
            up: .init(policies: [ScalingPolicy(.pods, 2, period: 60)], tolerance: Quantity("0")),
            down: .init(window: 300, policies: [ScalingPolicy(.percent, 25, period: 60)], tolerance: Quantity("0.5")))
        var autoscaler = autoscaler(
            HPASpec(minReplicas: 2, maxReplicas: 20, metrics: [average(70)], behavior: behavior))
        var replicas: Int32 = 10
        let history = (0..<40).map { step -> Int32 in
            let load = step < 4 ? 1_000_000 : 100_000
            let decision = autoscaler.step(
                at: .seconds(15 * step), scale: scale(replicas), metrics: [.value(load)])
            replicas = decision.replicas ?? -1
            return replicas
        }
        // Two more in a minute while the load needs fifteen; no fewer for five minutes after; then a quarter each minute.
        #expect(Array(history[0..<5]) == [12, 12, 12, 12, 12])
        #expect(history[22] == 12)
        #expect(Array(history[23..<27]) == [9, 9, 9, 9])
        #expect(history[27] == 6)
    }

    private func decide(_ replicas: Int32, _ total: Int, up: Quantity?, down: Quantity?) -> Int32? {
        let behavior = ScalingBehavior(up: .init(tolerance: up), down: .init(window: 0, tolerance: down))
        var autoscaler = autoscaler(
            HPASpec(minReplicas: 2, maxReplicas: 12, metrics: [average(70)], behavior: behavior))
        return autoscaler.step(at: .seconds(15), scale: scale(replicas), metrics: [.value(total * 1000)]).replicas
    }
}

/// A controller of Kubernetes 1.36.
func autoscaler(_ spec: HPASpec, _ version: Version = Version(1, 36)) -> HorizontalAutoscaler {
    HorizontalAutoscaler(spec, HPASettings(kubernetes: version), seen: .start)
}

/// A target whose pods are all ready.
func scale(_ replicas: Int32) -> ScaleReading {
    ScaleReading(spec: replicas, status: replicas, pods: Int(replicas), ready: Int(replicas))
}

/// An external metric with a value for each replica.
func average(_ target: Int) -> HPAMetric { HPAMetric(.external, .averageValue(target * 1000)) }

/// An external metric with a value for all replicas.
func total(_ target: Int) -> HPAMetric { HPAMetric(.external, .value(target * 1000)) }
