import Groundwork
import Simulate
import Testing

/// KEDA and its HPA on one Deployment.
struct ScaleToZeroTests {
    @Test("five replicas go at once, 67 s after the load, though the HPA's window is 300 s")
    func fiveToZero() throws {
        // As seen with KEDA 2.20.2 and the HPA of Kubernetes 1.36.2: the last poll that sees the load comes 7 s after it is gone.
        var run = Run(cooldown: 60, polling: 10, created: VirtualTime(milliseconds: 7005))
        run.until(.seconds(600)) { _ in 50 }
        #expect(run.workload.replicas == 5)
        let history = run.until(.seconds(700)) { $0 < .seconds(608) ? 50 : 0 }
        let change = try #require(history.first { $0.replicas != 5 })
        #expect(change.replicas == 0)
        #expect(change.time - .seconds(600) == 67_005)
    }

    @Test("a poll starts one replica, and the HPA's next reconcile the others")
    func fromZero() {
        var run = Run(cooldown: 60, polling: 10, created: VirtualTime(milliseconds: 7005))
        run.until(.seconds(400)) { _ in 0 }
        #expect(run.workload.replicas == 0)
        let history = run.until(.seconds(440)) { _ in 50 }
        // The reconcile after the poll jumps to what the load needs, four at most.
        #expect(history.map(\.replicas).reduce(into: []) { if $0.last != $1 { $0.append($1) } } == [1, 4, 5])
    }

    @Test("while triggers fail without a fallback, nothing moves; the cooldown goes on")
    func outage() {
        var run = Run(cooldown: 60, polling: 10, created: VirtualTime(milliseconds: 7005))
        run.until(.seconds(600)) { _ in 50 }
        run.until(.seconds(900)) { _ in nil }
        #expect(run.workload.replicas == 5)
        // The last activity is 300 s ago by now.
        run.until(.seconds(911)) { _ in 0 }
        #expect(run.workload.replicas == 0)
    }

    @Test("a pause with replicas writes them and removes the HPA; the one after it starts anew")
    func pause() {
        var run = Run(cooldown: 60, polling: 10, created: VirtualTime(milliseconds: 7005))
        run.until(.seconds(600)) { _ in 50 }
        var paused = run.spec
        paused.pause = .at(8)
        run.workload.edit(paused, at: .seconds(600))
        #expect(run.workload.replicas == 8 && run.workload.autoscaler == nil && run.workload.next == nil)
        run.workload.edit(run.spec, at: .seconds(700))
        #expect(run.workload.keda?.next == .seconds(700))
        #expect(run.workload.autoscaler?.next == .seconds(715))
        let history = run.until(.seconds(1100)) { _ in 50 }
        // The first recommendation is the 8 of the pause, which holds for a window.
        #expect(history.first { $0.replicas == 5 }?.time == .seconds(1030))
    }

    /// A Deployment of KEDA's whose pods serve at once; a replica takes a load of 10.
    private struct Run {
        let spec: ScaledObjectSpec
        var workload: ScaledDeployment
        var now: VirtualTime

        init(cooldown: Int, polling: Int, created: VirtualTime) {
            spec = ScaledObjectSpec(
                minReplicas: 0, maxReplicas: 9, pollingInterval: polling, cooldownPeriod: cooldown,
                triggers: [KEDATrigger(.prometheus(query: "load", ignoresNull: true), threshold: 10)])
            now = created
            workload = ScaledDeployment(
                DeploymentController(DeploymentSpec(replicas: 1, endSeconds: 1), created: created), spec,
                HPASettings(kubernetes: Version(1, 36)), at: created, epoch: Instant(seconds: 1_800_000_000))
        }

        /// Lets time pass under a load, and gives the replicas after each event.
        @discardableResult
        mutating func until(_ end: VirtualTime, load: (VirtualTime) -> Double?) -> [(time: VirtualTime, replicas: Int)]
        {
            var history: [(VirtualTime, Int)] = []
            while let next = workload.next, next < end {
                now = next
                let reading = load(now).map { TriggerReading.value($0) } ?? .failed
                workload.step(at: now, trigger: { _ in reading })
                serveAll()
                history.append((now, workload.replicas))
            }
            return history
        }

        private mutating func serveAll() {
            workload.change { [now] deployment in
                for pod in deployment.pods where !pod.serves {
                    for event in [PodEvent.bound(node: "a"), .runs, .becomesReady] {
                        deployment.record(pod.id, event, at: now)
                    }
                }
            }
        }
    }
}
