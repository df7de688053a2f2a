import Groundwork
import Simulate
import Testing

/// The times and the order of Karpenter's decisions.
@Suite("Karpenter")
struct KarpenterTests {
    private func run(
        _ pools: [KarpenterPool], pod: PodPlacementSpec? = nil, cloud: CloudConditions = CloudConditions(),
        epoch: Instant = Instant(seconds: 0)
    ) throws -> ClusterRun {
        let karpenter = Karpenter(pools: pools, types: Pools.types, cloud: cloud, epoch: epoch)
        return ClusterRun(try pod ?? Pools.pod(), karpenter)
    }

    @Test("creates one node for a burst of pods, one second after the last, and binds them when it is initialized")
    func batches() throws {
        var run = try run([try Pools.pool(types: "[large]")])
        run.add(2)
        run.run(until: 0)
        run.cluster.add(ClusterPod("late", run.spec, created: .start))
        run.run(until: 200)
        #expect(
            run.log == [
                "1.0 created gpu-1", "6.0 launched gpu-1 as large z1 on-demand", "66.0 registered gpu-1",
                "111.0 initialized gpu-1", "111.0 bound pod-1 to gpu-1", "111.0 bound pod-2 to gpu-1",
                "111.0 bound late to gpu-1",
            ])
    }

    @Test("decides ten seconds after the first pod if more keep coming")
    func longBatch() throws {
        var timing = KarpenterTiming()
        // Pods come each second, each within the window of the one before.
        timing.batchIdle = 1_500
        let karpenter = Karpenter(pools: [try Pools.pool(types: "[large]")], types: Pools.types, timing: timing)
        var run = ClusterRun(try Pools.pod(), karpenter)
        for second in 0...12 {
            run.run(until: second)
            run.add(1)
        }
        run.run(until: 14)
        #expect(run.log.first == "10.0 created gpu-1")
        // Eight of the ten pods fit on one node, and those of the next batch on the node that is in flight.
        #expect(run.log.filter { $0.contains("created") }.count == 2)
    }

    @Test("removes a node that is empty for consolidateAfter, at its next pass and after the validation")
    func empties() throws {
        var run = try run([try Pools.pool(types: "[small]", after: "60s")])
        run.add(1)
        run.run(until: 300)
        run.cluster.delete("pod-1", at: run.now)
        run.run(until: 600)
        // Deleted at 300, so 360, the pass at 360 or up to 10 s later, 15 s of validation.
        let removal = run.log.filter { $0.contains("disrupting") || $0.contains("terminated") }
        #expect(removal.count == 2)
        let moment = try #require(removal.first?.split(separator: " ").first.flatMap { Double($0) })
        #expect((375...385).contains(moment))
        #expect(removal.last == "\(moment + 60) terminated gpu-1")
        #expect(run.karpenter.claims.isEmpty)
    }

    @Test("keeps an empty node while a budget of the UTC schedule allows none")
    func schedule() throws {
        // 1970-01-01 was a Thursday: the window is 00:00 to 00:15.
        let pool = try Pools.pool(
            types: "[small]", after: "30s", budgets: "[{nodes: \"0\", schedule: 0 0 * * 4, duration: 15m}]")
        var run = try run([pool])
        run.add(1)
        run.run(until: 200)
        run.cluster.delete("pod-1", at: run.now)
        run.run(until: 895)
        #expect(!run.log.contains { $0.contains("disrupting") })
        run.run(until: 930)
        #expect(run.log.contains { $0.contains("disrupting gpu-1 empty") })
        // A day later it is Friday.
        let friday = try self.run([pool], epoch: Instant(seconds: 86_400))
        var other = friday
        other.add(1)
        other.run(until: 200)
        other.cluster.delete("pod-1", at: other.now)
        other.run(until: 400)
        #expect(other.log.contains { $0.contains("disrupting gpu-1 empty") })
    }

    @Test("uses the heavier pool until its limit, and prefers spot where a pool allows both")
    func weights() throws {
        let primary = try Pools.pool("primary", weight: 100, types: "[small]", limits: "{nvidia.com/gpu: 1}")
        let elastic = try Pools.pool("elastic", weight: 50, types: "[small]", capacity: "[on-demand, spot]")
        var run = try run([elastic, primary])
        run.add(2)
        run.run(until: 10)
        #expect(
            run.log.filter { $0.contains("launched") } == [
                "6.0 launched primary-1 as small z1 on-demand", "6.0 launched elastic-2 as small z1 spot",
            ])
        run = try self.run([primary])
        run.add(2)
        run.run(until: 10)
        #expect(run.log.contains("1.0 unprovisionable pod-2: primary: all available instance types exceed limits"))
    }

    @Test("does not try offerings without capacity for three minutes")
    func shortages() throws {
        var cloud = CloudConditions()
        cloud.shortages = [.init(type: "small", from: .start, to: .seconds(100))]
        let first = try Pools.pool("first", weight: 100, types: "[small]")
        let second = try Pools.pool("second", weight: 10, types: "[large]")
        var run = try run([first, second], cloud: cloud)
        run.add(1)
        run.run(until: 30)
        #expect(run.log.prefix(2) == ["1.0 created first-1", "6.0 insufficient first-1"])
        // The pod triggers again ten seconds after it did.
        #expect(run.log.dropFirst(2).first == "11.0 created second-2")
        var only = try self.run([first], cloud: cloud)
        only.add(1)
        only.run(until: 400)
        let created = only.log.filter { $0.contains("created") }
        #expect(created.count == 2)
        let again = try #require(created.last?.split(separator: " ").first.flatMap { Double($0) })
        #expect((186...197).contains(again), "\(only.log)")
    }

    @Test("deletes a claim whose node does not register in fifteen minutes")
    func liveness() throws {
        var cloud = CloudConditions()
        cloud.join = 3_600_000
        var run = try run([try Pools.pool(types: "[small]")], cloud: cloud)
        run.add(1)
        run.run(until: 1000)
        #expect(run.log.contains("901.0 timed out gpu-1"))
        #expect(run.log.filter { $0.contains("created") }.count == 2)
    }

    @Test("replaces a drifted node before it drains it")
    func drift() throws {
        var run = try run([try Pools.pool(types: "[small]")])
        run.add(1)
        run.run(until: 200)
        run.karpenter.drift("gpu-1")
        run.run(until: 500)
        let log = run.log.drop { !$0.contains("disrupting") }
        let order = [
            "disrupting gpu-1 drifted by [gpu-2]", "initialized gpu-2", "draining gpu-1", "evicted pod-1",
            "bound pod-2 to gpu-2", "terminated gpu-1",
        ]
        let places = order.map { words in log.firstIndex { $0.contains(words) } ?? -1 }
        #expect(places == places.sorted() && !places.contains(-1), "\(log)")
    }

    @Test("gives a replacement up that is not initialized after ten minutes")
    func rollback() throws {
        var run = try run([try Pools.pool(types: "[small]")])
        run.add(1)
        run.run(until: 200)
        run.karpenter.cloud.initialize = 1_200_000
        run.karpenter.drift("gpu-1")
        run.run(until: 900)
        #expect(run.log.contains { $0.contains("rolled back gpu-1") })
        #expect(run.cluster.node("gpu-1")?.taints == [])
    }

    @Test("consolidates pods of two small nodes only where that is cheaper, and leaves protected ones alone")
    func consolidates() throws {
        let cheap = Pools.type("cheap", gpus: 2, price: 1.5)
        let pool = try Pools.pool(types: "[small, cheap]", policy: "WhenEmptyOrUnderutilized", after: "60s")
        func run(_ annotations: String) throws -> ClusterRun {
            let karpenter = Karpenter(pools: [pool], types: Pools.types + [cheap])
            var run = ClusterRun(try Pools.pod(annotations: annotations), karpenter)
            run.karpenter.cloud.shortages = [.init(type: "cheap", from: .start, to: .seconds(50))]
            run.add(1)
            run.run(until: 30)
            run.add(1)
            run.run(until: 900)
            return run
        }
        let moved = try run("{}")
        #expect(moved.log.contains { $0.contains("underutilized by [") }, "\(moved.log)")
        #expect(moved.karpenter.claims.compactMap(\.offering?.type) == ["cheap"])
        let kept = try run("{karpenter.sh/do-not-disrupt: \"true\"}")
        #expect(!kept.log.contains { $0.contains("disrupting") })
    }

    @Test("lets a node expire without regard to budgets, and ends its pods by the node's grace period")
    func expires() throws {
        let pool = try Pools.pool(types: "[small]", budgets: "[{nodes: \"0\"}]", expire: "10m", grace: "2m")
        let pod = try Pools.pod(annotations: "{karpenter.sh/do-not-disrupt: \"true\"}")
        var run = try run([pool], pod: pod)
        run.add(1)
        run.run(until: 1000)
        #expect(run.log.contains("601.0 draining gpu-1 expired"))
        // The pod's grace of 30 s ends with the node's two minutes.
        #expect(
            run.log.contains {
                $0.hasSuffix("evicted pod-1") && (691...692).contains(Double($0.split(separator: " ")[0]) ?? 0)
            }, "\(run.log)")
    }

    @Test("drains a spot node at its notice, and loses it two minutes later")
    func interruption() throws {
        var run = try run(
            [try Pools.pool(types: "[small]", capacity: "[spot]")],
            pod: try Pools.pod("terminationGracePeriodSeconds: 600"))
        run.add(1)
        run.run(until: 200)
        run.interrupt("gpu-1")
        run.run(until: 400)
        let log = run.log.drop { !$0.contains("interrupted") }
        #expect(
            log.starts(with: ["200.0 interrupted gpu-1", "200.0 draining gpu-1 interrupted", "200.0 evicted pod-1"]),
            "\(log)")
        #expect(log.contains("320.0 terminated gpu-1"))
        // The offering in that zone is not tried again at once.
        #expect(log.contains { $0.contains("launched gpu-2 as small z2 spot") })
    }
}
