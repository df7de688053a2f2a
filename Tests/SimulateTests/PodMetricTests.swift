import Groundwork
import Simulate
import Testing

/// How the HPA controller uses the samples of pods.
struct PodMetricTests {
    private let cpu = HPAMetric(.resource, .utilization(50), name: "cpu")
    private let memory = HPAMetric(.resource, .averageValue(1000), name: "memory")

    @Test("utilization is a whole percentage of all requests")
    func utilization() {
        // 559 of 1000 is 55%, which is within a tenth of 50%; 560 is not.
        #expect(replicas(cpu, [pod(559, 1000)], 1) == 1)
        #expect(replicas(cpu, [pod(560, 1000)], 1) == 2)
    }

    @Test("a container without a request spoils the utilization, even in a pod that is not counted")
    func requests() {
        var failed = pod(500, nil)
        failed.phase = .failed
        #expect(replicas(cpu, [pod(900, 1000), failed], 1) == nil)
        #expect(replicas(memory, [pod(3000, nil)], 1) == 3)
    }

    @Test("pods without a sample count as at the target when replicas would go, and as idle when they would grow")
    func missing() {
        let lost = pod(nil, 1000)
        #expect(replicas(memory, [pod(100, 1000), lost, lost, lost], 4) == 4)
        #expect(replicas(memory, [pod(3000, 1000), lost, lost, lost], 4) == 4)
        #expect(replicas(memory, [pod(9000, 1000), lost, lost, lost], 4) == 9)
    }

    @Test("a starting pod's CPU is put aside, its memory is not")
    func starting() {
        var young = pod(9000, 1000)
        young.started = .seconds(900)
        young.readyChanged = .seconds(990)
        #expect(replicas(cpu, [pod(500, 1000), young], 2) == 2)
        #expect(replicas(memory, [pod(1000, 1000), young], 2) == 10)
    }

    @Test("after the initialization period only a pod that was never ready is put aside")
    func neverReady() {
        var late = pod(9000, 1000)
        late.ready = .no
        late.readyChanged = .seconds(20)
        #expect(replicas(cpu, [pod(500, 1000), late], 2) == 2)
        late.readyChanged = .seconds(31)
        #expect(replicas(cpu, [pod(500, 1000), late], 2) == 19)
    }

    @Test("pods that end or failed count for nothing, and no usable sample is an error")
    func ignored() {
        var ending = pod(9000, 1000)
        ending.isDeleted = true
        #expect(replicas(memory, [pod(1000, 1000), ending], 1) == 1)
        #expect(replicas(memory, [ending], 1) == nil)
        #expect(replicas(memory, [], 1) == nil)
    }

    @Test("a container's resource is read like that of the pod")
    func container() {
        let metric = HPAMetric(.containerResource, .utilization(50), name: "cpu", of: ["container": "vllm"])
        #expect(replicas(metric, [pod(900, 1000)], 1) == 2)
    }

    /// A pod that has been ready for long.
    private func pod(_ value: Int?, _ request: Int?) -> PodReading {
        PodReading(
            phase: .running, ready: .yes, readyChanged: .seconds(10), started: .start,
            sample: value.map { .init($0, at: .seconds(1000), window: 30_000) }, request: request)
    }

    /// What a metric proposes; nil for an error.
    private func replicas(_ metric: HPAMetric, _ pods: [PodReading], _ current: Int32) -> Int32? {
        var controller = autoscaler(HPASpec(maxReplicas: 99, metrics: [metric]))
        return controller.step(at: .seconds(1000), scale: scale(current), metrics: [.pods(pods)]).recommendation
    }
}
