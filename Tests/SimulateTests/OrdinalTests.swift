import Simulate
import Testing

/// StatefulSets and LeaderWorkerSets.
struct OrdinalTests {
    @Test("in order, a pod starts when the one before it is ready, and ends before the one below it does")
    func ordered() {
        var set = DeploymentController(spec(3), created: .start)
        #expect(set.ordinals == [0])
        serve(&set, 0, at: .seconds(100))
        #expect(set.ordinals == [0, 1])
        set.step(at: .seconds(150))
        #expect(set.ordinals == [0, 1])
        serve(&set, 1, at: .seconds(200))
        serve(&set, 2, at: .seconds(300))
        #expect(set.ordinals == [0, 1, 2] && set.available(at: .seconds(300)) == 3)
        set.scale(to: 1, at: .seconds(400))
        #expect(set.ending == [2] && set.statusReplicas == 3)
        set.step(at: .seconds(429))
        #expect(set.ending == [2])
        set.step(at: .seconds(430))
        #expect(set.ending == [1] && set.ordinals == [0, 1])
        set.step(at: .seconds(460))
        #expect(set.ordinals == [0] && set.ending.isEmpty)
    }

    @Test("in order, a pod that is not ready holds up what comes after it, and may itself end as the last one")
    func held() {
        var set = DeploymentController(spec(2), created: .start)
        serve(&set, 0, at: .seconds(100))
        // The second one never becomes ready.
        set.scale(to: 3, at: .seconds(200))
        #expect(set.ordinals == [0, 1])
        set.scale(to: 1, at: .seconds(300))
        #expect(set.ordinals == [0])
        // A pod that is not ready keeps pods above it from ending.
        set.scale(to: 2, at: .seconds(400))
        serve(&set, 1, at: .seconds(500))
        set.record(set.id(0), .losesReadiness, at: .seconds(600))
        set.scale(to: 1, at: .seconds(600))
        #expect(set.ordinals == [0, 1] && set.ending.isEmpty)
        set.record(set.id(0), .becomesReady, at: .seconds(700))
        set.step(at: .seconds(700))
        #expect(set.ending == [1])
    }

    @Test("in parallel, all pods start and end at once, the highest ordinals first")
    func parallel() {
        var set = DeploymentController(spec(4, parallel: true), created: .start)
        #expect(set.ordinals == [0, 1, 2, 3])
        serve(&set, 3, at: .seconds(100))
        set.scale(to: 1, at: .seconds(200))
        // Those that no node has are gone at once; the only ready one ends, as it has the highest ordinal.
        #expect(set.ordinals == [0, 3] && set.ending == [3])
    }

    @Test("a pod that is evicted is replaced under its name when it is gone")
    func replaced() {
        var set = ready(spec(2))
        let old = set.id(1)
        set.record(old, .isDeleted, at: .seconds(100))
        set.step(at: .seconds(100))
        #expect(set.ordinals == [0, 1] && set.ending == [1])
        set.step(at: .seconds(130))
        #expect(set.ordinals == [0, 1] && set.ending.isEmpty && set.id(1) != old)
        // Its node fails: it does not exist any more.
        set.record(set.id(0), .isGone, at: .seconds(140))
        set.step(at: .seconds(140))
        #expect(set.ordinals == [0, 1] && set.servingPods == 0)
    }

    @Test("a rollout replaces one pod after the other from the highest ordinal on", arguments: [false, true])
    func rollout(_ isParallel: Bool) {
        var set = ready(spec(3, parallel: isParallel))
        set.edit(set.spec, newTemplate: true, at: .seconds(100))
        for (turn, ordinal) in [2, 1, 0].enumerated() {
            let start = 100 + turn * 100
            #expect(set.ending == [ordinal])
            set.step(at: .seconds(start + 30))
            #expect(set.ending.isEmpty && set.servingPods == 2)
            // Scrapes and polls in between change nothing.
            set.step(at: .seconds(start + 60))
            serve(&set, ordinal, at: .seconds(start + 100))
        }
        #expect(set.replicaSets.map(\.revision) == [2] && set.servingPods == 3)
    }

    @Test("a pod that fails in a rollout has the old template below where the rollout has come, and the new one above")
    func failsInRollout() {
        var set = ready(spec(3))
        set.edit(set.spec, newTemplate: true, at: .seconds(100))
        set.record(set.id(0), .isGone, at: .seconds(110))
        set.step(at: .seconds(110))
        #expect(set.replicaSets.first?.pods.map(\.ordinal).sorted() == [0, 1, 2])
        set.step(at: .seconds(130))
        #expect(set.replicaSets.last?.pods.isEmpty ?? false)
        serve(&set, 0, at: .seconds(200))
        #expect(set.replicaSets.last?.pods.map(\.ordinal) == [2])
    }

    @Test("pods below the partition keep their template, and with OnDelete all do until they are replaced")
    func partition() {
        var set = ready(spec(3, partition: 2))
        set.edit(set.spec, newTemplate: true, at: .seconds(100))
        set.step(at: .seconds(130))
        serve(&set, 2, at: .seconds(200))
        #expect(set.ending.isEmpty && set.replicaSets.map { $0.pods.count } == [2, 1])
        var kept = ready(
            DeploymentSpec(replicas: 2, strategy: .onDelete, order: .ordinals(parallel: false, partition: 0)))
        kept.edit(kept.spec, newTemplate: true, at: .seconds(100))
        #expect(kept.ending.isEmpty)
        kept.record(kept.id(0), .isGone, at: .seconds(110))
        kept.step(at: .seconds(110))
        #expect(kept.replicaSets.map { $0.pods.map(\.ordinal) } == [[1], [0]])
    }

    @Test("a LeaderWorkerSet has its surge until no more replicas than that are left to replace")
    func surge() {
        let strategy = DeploymentSpec.Strategy.rollingUpdate(surge: .pods(1), unavailable: .pods(0))
        var set = ready(DeploymentSpec(replicas: 2, strategy: strategy, order: .ordinals(parallel: true, partition: 0)))
        set.edit(set.spec, newTemplate: true, at: .seconds(100))
        #expect(set.ordinals == [0, 1, 2] && set.ending.isEmpty)
        serve(&set, 2, at: .seconds(200))
        #expect(set.ending == [1])
        set.step(at: .seconds(230))
        serve(&set, 1, at: .seconds(300))
        // The last one is replaced in the place of the surge.
        #expect(set.ending == [0, 2])
        set.step(at: .seconds(330))
        serve(&set, 0, at: .seconds(400))
        set.step(at: .seconds(430))
        #expect(set.ordinals == [0, 1] && set.replicaSets.map(\.revision) == [2] && set.servingPods == 2)
    }

    @Test("a pod counts as ready after minReadySeconds, and the next one starts then")
    func minReady() {
        var spec = spec(2)
        spec.minReadySeconds = 10
        var set = DeploymentController(spec, created: .start)
        serve(&set, 0, at: .seconds(100))
        #expect(set.ordinals == [0] && set.nextAvailable(after: .seconds(100)) == .seconds(110))
        set.step(at: .seconds(110))
        #expect(set.ordinals == [0, 1] && set.nextAvailable(after: .seconds(110)) == nil)
    }

    private func spec(_ replicas: Int, parallel: Bool = false, partition: Int = 0) -> DeploymentSpec {
        DeploymentSpec(
            replicas: replicas, strategy: .rollingUpdate(surge: .pods(0), unavailable: .pods(1)),
            order: .ordinals(parallel: parallel, partition: partition))
    }

    /// A workload whose pods serve from the start.
    private func ready(_ spec: DeploymentSpec) -> DeploymentController {
        var set = DeploymentController(spec, created: .start)
        for ordinal in 0..<spec.replicas { serve(&set, ordinal, at: .start) }
        return set
    }

    private func serve(_ set: inout DeploymentController, _ ordinal: Int, at now: VirtualTime) {
        let id = set.id(ordinal)
        for event in [PodEvent.bound(node: "n\(ordinal)"), .runs, .becomesReady] { set.record(id, event, at: now) }
        set.step(at: now)
    }
}

extension DeploymentController {
    fileprivate var ordinals: [Int] { pods.map(\.ordinal).sorted() }
    fileprivate var ending: [Int] { pods.filter { $0.deleted != nil }.map(\.ordinal).sorted() }
    fileprivate func id(_ ordinal: Int) -> Int { pods.first { $0.ordinal == ordinal }?.id ?? -1 }
}
