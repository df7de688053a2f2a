import Simulate
import Testing

/// ReplicaSets and Deployments.
struct WorkloadTests {
    @Test("deletes first what serves least: no node, pending, not ready, cheap, crowded, young, restarted")
    func deletionOrder() {
        var deployment = DeploymentController(DeploymentSpec(replicas: 8), created: .start)
        // 0 stays without a node, 1 stays pending, 2 is not ready, 3 is cheap, 4 and 5 share a node, 6 is old, 7 is young.
        let nodes = [1: "n1", 2: "n2", 3: "n3", 4: "n4", 5: "n4", 6: "n6", 7: "n7"]
        for (id, node) in nodes.sorted(by: { $0.key < $1.key }) {
            deployment.record(id, .bound(node: node), at: .start)
        }
        for id in 2...7 { deployment.record(id, .runs, at: .start) }
        for id in 3...7 { deployment.record(id, .becomesReady, at: id == 7 ? .seconds(900) : .seconds(10)) }
        deployment.record(3, .costs(-1), at: .start)
        var order: [Int] = []
        for replicas in (1...7).reversed() {
            let before = Set(deployment.pods.filter(\.isActive).map(\.id))
            deployment.scale(to: replicas, at: .seconds(1000))
            order += before.subtracting(deployment.pods.filter(\.isActive).map(\.id)).sorted()
        }
        // Of 4 and 5 one goes for sharing; then 7 is young; then the least number of pods of one age.
        #expect(order == [0, 1, 2, 3, 4, 7, 5])
    }

    @Test("ages are compared by their powers of two, and more restarts go first")
    func ages() {
        func first(_ ready: [Int], restarts: Int? = nil) -> Int? {
            var deployment = DeploymentController(DeploymentSpec(replicas: 2), created: .start)
            for id in 0...1 {
                for event in [PodEvent.bound(node: "n\(id)"), .runs] { deployment.record(id, event, at: .start) }
                deployment.record(id, .becomesReady, at: .seconds(ready[id]))
            }
            if let restarts { deployment.record(restarts, .restarts, at: .seconds(1)) }
            deployment.scale(to: 1, at: .seconds(1000))
            return deployment.pods.first { !$0.isActive }?.id
        }
        // 1000 s and 900 s are alike, 1000 s and 100 s are not.
        #expect(first([0, 100]) == 0)
        #expect(first([0, 900]) == 1)
        #expect(first([0, 0], restarts: 1) == 1)
    }

    @Test("a deleted pod leaves the status at once, and serves until it ends")
    func draining() {
        var deployment = ready(4, DeploymentSpec(replicas: 4, endSeconds: 120))
        deployment.scale(to: 1, at: .seconds(100))
        #expect(deployment.statusReplicas == 1 && deployment.servingPods == 4 && deployment.pods.count == 4)
        deployment.step(at: .seconds(219))
        #expect(deployment.servingPods == 4)
        deployment.step(at: .seconds(220))
        #expect(deployment.servingPods == 1 && deployment.pods.count == 1)
    }

    @Test("a failed or evicted pod is replaced at once")
    func replaces() {
        var deployment = ready(2, DeploymentSpec(replicas: 2))
        deployment.record(0, .fails, at: .seconds(50))
        deployment.record(1, .isDeleted, at: .seconds(50))
        deployment.step(at: .seconds(50))
        #expect(deployment.pods.filter(\.isActive).map(\.id) == [2, 3])
        #expect(deployment.statusReplicas == 2 && deployment.pods.count == 4)
    }

    @Test("a rollout adds the surge, keeps all but the unavailable, and ends with the new revision alone")
    func rollout() {
        let spec = DeploymentSpec(replicas: 8, strategy: .rollingUpdate(surge: .percent(25), unavailable: .percent(25)))
        var deployment = ready(8, spec)
        deployment.edit(spec, newTemplate: true, at: .seconds(100))
        // Two of the surge; two may be missing, and the new ones replace them too.
        #expect(deployment.replicaSets.map(\.replicas) == [6, 4])
        var least = 8
        for second in 101...140 {
            if let waiting = deployment.replicaSets.last?.pods.first(where: { !$0.serves }) {
                serve(&deployment, waiting.id, at: .seconds(second))
            }
            deployment.step(at: .seconds(second))
            let counts = deployment.replicaSets.map(\.replicas)
            least = min(least, deployment.available(at: .seconds(second)))
            #expect(counts.reduce(0, +) <= 10)
        }
        #expect(least == 6)
        #expect(deployment.replicaSets.map(\.replicas) == [8])
        #expect(deployment.replicaSets.map(\.revision) == [2])
    }

    @Test("without surge and unavailable pods one may be missing; whole numbers are taken as they are")
    func bounds() {
        let spec = DeploymentSpec(replicas: 3, strategy: .rollingUpdate(surge: .pods(0), unavailable: .percent(10)))
        var deployment = ready(3, spec)
        deployment.edit(spec, newTemplate: true, at: .seconds(100))
        #expect(deployment.replicaSets.map(\.replicas) == [2, 1])
        let surge = DeploymentSpec(replicas: 3, strategy: .rollingUpdate(surge: .pods(1), unavailable: .pods(0)))
        deployment = ready(3, surge)
        deployment.edit(surge, newTemplate: true, at: .seconds(100))
        #expect(deployment.replicaSets.map(\.replicas) == [3, 1])
    }

    @Test("scaling within a rollout is shared in proportion")
    func proportion() {
        let spec = DeploymentSpec(replicas: 10, strategy: .rollingUpdate(surge: .pods(3), unavailable: .pods(2)))
        var deployment = ready(10, spec)
        deployment.edit(spec, newTemplate: true, at: .seconds(100))
        #expect(deployment.replicaSets.map(\.replicas) == [8, 5])
        // The example of the Kubernetes documentation: 5 more, of which 3 are for the larger revision.
        deployment.scale(to: 15, at: .seconds(101))
        #expect(deployment.replicaSets.map(\.replicas) == [11, 7])
    }

    @Test("recreating ends every old pod before the first new one")
    func recreate() {
        let spec = DeploymentSpec(replicas: 2, strategy: .recreate, endSeconds: 30)
        var deployment = ready(2, spec)
        deployment.edit(spec, newTemplate: true, at: .seconds(100))
        #expect(deployment.statusReplicas == 0 && deployment.servingPods == 2)
        deployment.step(at: .seconds(129))
        #expect(deployment.statusReplicas == 0)
        deployment.step(at: .seconds(130))
        #expect(deployment.statusReplicas == 2 && deployment.servingPods == 0)
    }

    @Test("a pod counts as available after minReadySeconds")
    func available() {
        let deployment = ready(2, DeploymentSpec(replicas: 2, minReadySeconds: 10))
        #expect(deployment.available(at: .seconds(9)) == 0)
        #expect(deployment.available(at: .seconds(10)) == 2)
    }

    /// A Deployment whose pods serve from the start.
    private func ready(_ count: Int, _ spec: DeploymentSpec) -> DeploymentController {
        var deployment = DeploymentController(spec, created: .start)
        for id in 0..<count { serve(&deployment, id, at: .start) }
        return deployment
    }

    private func serve(_ deployment: inout DeploymentController, _ id: Int, at now: VirtualTime) {
        for event in [PodEvent.bound(node: "n\(id)"), .runs, .becomesReady] { deployment.record(id, event, at: now) }
    }
}
