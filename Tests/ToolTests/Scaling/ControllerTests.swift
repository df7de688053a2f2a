import Testing

/// The simulated arithmetic beside what a real controller of Kubernetes 1.36 did.
struct ControllerTests {
    @Test(
        "decides as a real controller did, with both tolerances set",
        arguments: [(8, 500, 8), (8, 350, 8), (8, 310, 8), (8, 290, 8), (8, 230, 4), (4, 279, 4), (4, 283, 5)])
    func tolerances(_ replicas: Int, _ total: Int, _ decision: Int) {
        #expect(decide(replicas, total, up: 0, down: 0.571) == decision)
    }

    @Test("decides as a real controller did, with its own tolerance", arguments: [(5, 370, 5), (5, 390, 6)])
    func standing(_ replicas: Int, _ total: Int, _ decision: Int) {
        #expect(decide(replicas, total, up: 0.1, down: 0.571) == decision)
    }

    @Test("takes the greatest proposal, and does not shrink while a metric is gone")
    func severalMetrics() {
        func decide(_ first: Double?, _ second: Double?) -> Int {
            var autoscaler = autoscaler(up: 0, down: 0.1)
            return autoscaler.reconcile(at: 0, spec: 4, status: 4, metrics: [(first, 70), (second, 10)])
        }
        #expect(decide(100, 55) == 6)
        #expect(decide(100, nil) == 4)
        #expect(decide(400, nil) == 6)
        #expect(decide(nil, nil) == 4)
    }

    @Test("waits for the scale-down window, and takes no more than a policy allows")
    func windows() {
        var autoscaler = HorizontalAutoscaler(
            2...20, up: .init(tolerance: 0, window: 0, policies: [.pods(2, period: 60)]),
            down: .init(tolerance: 0.5, window: 300, policies: [.percent(25, period: 60)]))
        var replicas = 10
        let history = stride(from: 0.0, to: 600, by: 15).map { time -> Int in
            replicas = autoscaler.reconcile(
                at: time, spec: replicas, status: replicas, metrics: [(time < 60 ? 1000 : 100, 70)])
            return replicas
        }
        // Two more in a minute while the load asks for fifteen; no fewer for five minutes after; then a quarter each minute.
        #expect(Array(history[0..<5]) == [12, 12, 12, 12, 12])
        #expect(history[22] == 12)
        #expect(Array(history[23..<27]) == [9, 9, 9, 9])
        #expect(history[27] == 6)
    }

    private func decide(_ replicas: Int, _ total: Int, up: Double, down: Double) -> Int {
        var autoscaler = autoscaler(up: up, down: down)
        return autoscaler.reconcile(at: 0, spec: replicas, status: replicas, metrics: [(Double(total), 70)])
    }

    private func autoscaler(up: Double, down: Double) -> HorizontalAutoscaler {
        HorizontalAutoscaler(
            2...12, up: .init(tolerance: up, window: 0, policies: [.percent(100, period: 15)]),
            down: .init(tolerance: down, window: 0, policies: [.percent(100, period: 15)]))
    }
}
