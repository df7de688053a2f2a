import Groundwork
import Simulate
import Testing

/// Where the scheduler binds pods.
@Suite("The scheduler")
struct SchedulerTests {
    private func node(_ name: String, zone: String = "z1", pool: String = "p", gpus: Int = 8, taints: [NodeTaint] = [])
        -> ClusterNode
    {
        ClusterNode(
            name, labels: ["topology.kubernetes.io/zone": zone, "stowage.dev/pool": pool], taints: taints,
            allocatable: ResourceAmounts([
                "cpu": 64_000, "memory": 512 << 40, "nvidia.com/gpu": gpus * 1000, "pods": 110_000,
            ]))
    }

    /// Schedules some pods of one spec, and returns their nodes.
    private func places(_ spec: PodPlacementSpec, count: Int, on nodes: [ClusterNode]) -> [String?] {
        var cluster = ClusterState()
        for node in nodes { cluster.add(node) }
        for index in 0..<count { cluster.add(ClusterPod("pod-\(index)", spec, created: .start)) }
        var scheduler = NodeScheduler()
        _ = scheduler.step(at: .start, &cluster)
        return cluster.pods.map(\.node)
    }

    @Test("fills the preferred pool first, then the next")
    func preferences() throws {
        let spec = try Pools.pod(
            """
            affinity:
                        nodeAffinity:
                          preferredDuringSchedulingIgnoredDuringExecution:
                          - {weight: 100, preference: {matchExpressions: [{key: stowage.dev/pool, operator: In, values: [a]}]}}
                          - {weight: 50, preference: {matchExpressions: [{key: stowage.dev/pool, operator: In, values: [b]}]}}
            """)
        let nodes = [node("c", pool: "c", gpus: 2), node("b", pool: "b", gpus: 1), node("a", pool: "a", gpus: 2)]
        #expect(places(spec, count: 6, on: nodes) == ["a", "a", "b", "c", "c", nil])
    }

    @Test("respects taints, required affinity and extended resources, and says why a pod is pending")
    func filters() throws {
        let spec = try Pools.pod("nodeSelector: {stowage.dev/pool: a}")
        var cluster = ClusterState()
        cluster.add(node("tainted", pool: "a", taints: [NodeTaint("nvidia.com/gpu", "present")]))
        cluster.add(node("other", pool: "b"))
        cluster.add(node("full", pool: "a", gpus: 0))
        cluster.add(ClusterPod("pod", spec, created: .start))
        var scheduler = NodeScheduler()
        let attempts = scheduler.step(at: .start, &cluster)
        guard case .unschedulable(let reasons) = attempts[0].outcome else {
            Issue.record("\(attempts)")
            return
        }
        #expect(
            reasons == [
                .taint(NodeTaint("nvidia.com/gpu", "present")): 1, .nodeAffinity: 1, .resources(["nvidia.com/gpu"]): 1,
            ])
    }

    @Test("spreads over zones, as far as the skew and the least number of domains allow")
    func spreads() throws {
        func spec(_ minDomains: Int) throws -> PodPlacementSpec {
            try Pools.pod(
                """
                topologySpreadConstraints:
                          - {maxSkew: 1, minDomains: \(minDomains), topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: model}}}
                """)
        }
        let nodes = [node("a", zone: "z1"), node("b", zone: "z2", gpus: 1)]
        let placed = places(try spec(1), count: 4, on: nodes).compactMap { $0 }
        #expect(placed.count { $0 == "a" } == 2 && placed.count { $0 == "b" } == 1)
        // With three domains demanded, the least is zero: one pod for each zone.
        #expect(places(try spec(3), count: 4, on: nodes).compactMap { $0 }.count == 2)
    }

    @Test("keeps pods with anti-affinity on different nodes")
    func antiAffinity() throws {
        let spec = try Pools.pod(
            """
            affinity:
                        podAntiAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                          - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: model}}}
            """)
        #expect(places(spec, count: 3, on: [node("a"), node("b")]).compactMap { $0 }.sorted() == ["a", "b"])
    }

    @Test("preempts the pods whose end does the least damage, and waits until they have ended")
    func preemption() throws {
        var low = try Pools.pod("terminationGracePeriodSeconds: 60")
        low.priority = 10
        var high = try Pools.pod()
        high.priority = 1000
        high.labels = ["app": "high"]
        var cluster = ClusterState()
        cluster.add(node("a", gpus: 1))
        cluster.add(node("b", gpus: 1))
        for name in ["first", "second"] { cluster.add(ClusterPod(name, low, created: .start)) }
        var scheduler = NodeScheduler()
        _ = scheduler.step(at: .start, &cluster)
        let protected = try #require(cluster.pod("first")?.node)
        // Only the second pod may be evicted.
        cluster.limits = try objects(
            """
            {kind: PodDisruptionBudget, metadata: {namespace: inference}, spec: {minAvailable: 1, selector: {matchLabels: {keep: "yes"}}}}
            """
        ).compactMap { DisruptionLimit(reading: $0) }
        var keep = low
        keep.labels["keep"] = "yes"
        cluster.delete("first", at: .start)
        _ = cluster.removeEnded(at: .seconds(60))
        cluster.add(ClusterPod("kept", keep, created: .seconds(60)))
        _ = scheduler.step(at: .seconds(60), &cluster)
        #expect(cluster.pod("kept")?.node == protected)
        cluster.add(ClusterPod("high", high, created: .seconds(61)))
        let attempts = scheduler.step(at: .seconds(61), &cluster)
        guard case .preempts(let node, let victims)? = attempts.first?.outcome else {
            Issue.record("\(attempts)")
            return
        }
        #expect(victims == ["second"] && node != protected)
        _ = scheduler.step(at: .seconds(100), &cluster)
        #expect(cluster.pod("high")?.node == nil)
        #expect(cluster.removeEnded(at: .seconds(121)).map(\.name) == ["second"])
        _ = scheduler.step(at: .seconds(121), &cluster)
        #expect(cluster.pod("high")?.node == node)
    }

    @Test("reads what a pod requests: containers and sidecars together, or an init container that needs more")
    func requests() throws {
        let pod = try objects(
            """
            spec:
              resourceClaims: [{name: gpus, resourceClaimTemplateName: two}]
              overhead: {memory: 1Mi}
              initContainers:
              - {name: sidecar, restartPolicy: Always, resources: {requests: {cpu: 500m, memory: 1Gi}}}
              - {name: fetch, resources: {requests: {cpu: 4, memory: 1Gi}}}
              containers:
              - {name: a, resources: {requests: {cpu: 1, memory: 3Gi}, limits: {nvidia.com/gpu: 2, cpu: 8}}}
            ---
            kind: ResourceClaimTemplate
            metadata: {name: two}
            spec: {spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu.nvidia.com, count: 2}}]}}}
            """)
        let spec = PodPlacementSpec(template: pod[0], namespace: "x", claims: claimedDevices(pod))
        #expect(
            spec.requests
                == ResourceAmounts([
                    "cpu": 4500, "memory": (4 << 30) * 1000 + (1 << 20) * 1000, "nvidia.com/gpu": 2000,
                    "claim/gpu.nvidia.com": 2000, "pods": 1000,
                ]))
    }
}
