import Groundwork
import Planning

/// A cluster of synthetic pods for every model of some compiled specs, each with a canary of similar name.
struct SyntheticCluster {
    let clusters: [Compiled]
    static let exporterPod = "dcgm-exporter-8x7vq"
    static let counterPod = "kube-state-metrics-0"
    static let controllerPod = "karpenter-0"
    static let most = 7

    /// The models of all specs, each once.
    var models: [(model: ModelPlan, cluster: Compiled)] {
        var seen: Set<String> = []
        return clusters.flatMap { cluster in cluster.plan.models.map { ($0, cluster) } }.filter {
            seen.insert($0.0.name).inserted
        }
    }

    /// A model's pods: the base's first.
    static func pods(_ model: ModelPlan, _ count: Int) -> [String] {
        guard model.placement.isSplit else { return Traffic.pods(model.name, count) }
        let base = min(count, model.placement.minReplicas.value)
        return Traffic.pods("\(model.name)-base", base) + Traffic.pods("\(model.name)-surge", count - base)
    }

    /// The canary's pods: of a Deployment, and of a ReplicaSet of its own.
    static func canaries(_ model: ModelPlan) -> [String] {
        Traffic.pods("\(model.name)-canary", 1) + ["\(model.name)-canary-x2x7q"]
    }

    /// Everything that Services select; canaries have their own.
    var endpoints: [Endpoint] {
        models.flatMap { model, cluster in
            let pods =
                model.placement.isSplit
                ? Traffic.pods("\(model.name)-base", Self.most) + Traffic.pods("\(model.name)-surge", Self.most)
                : Traffic.pods(model.name, Self.most)
            func endpoint(_ pod: String, _ name: String) -> Endpoint {
                Endpoint(
                    pod: pod, namespace: cluster.namespace, service: name, serviceLabels: ["stowage.dev/model": name],
                    port: "http",
                    container: "vllm")
            }
            return pods.map { endpoint($0, model.name) }
                + Self.canaries(model).map { endpoint($0, "\(model.name)-canary") }
        } + [
            Endpoint(
                pod: Self.exporterPod, namespace: "gpu-system", service: "dcgm-exporter",
                serviceLabels: ["app.kubernetes.io/name": "dcgm-exporter"], port: "metrics", container: "dcgm-exporter")
        ]
    }

    /// The load of each pod of a model in a signal, which sums up to so many times the scale-up load for each pod.
    static func loads(
        _ model: ModelPlan, _ signal: Signal, _ factor: Double, _ count: Int, _ platform: PlatformSpec
    ) -> [Double] {
        let load = LoadSignal(signal, of: model.placement, platform)
        let mean = factor * model.placement.scaling.scaleUp.value * load.perReplica.value
        // No two pods carry the same.
        return (0..<count).map { mean * (1 + 0.05 * (Double($0) - Double(count - 1) / 2)) }
    }

    /// What is served while each model has so many pods.
    func state(_ round: Int, pods count: Int, factor: Double) -> ExporterState {
        var state = ExporterState(round: round, pods: [:])
        var gpus = [ExporterState.GPUState(gpu: 0, utilization: 99)]
        for (model, cluster) in models {
            let pods = Self.pods(model, count)
            func loads(_ signal: Signal) -> [Double] {
                Self.loads(model, signal, factor, count, cluster.plan.spec.platform)
            }
            let (sequences, shares, busy) = (loads(.concurrency), loads(.kvCache), loads(.gpuUtilization))
            for (index, pod) in pods.enumerated() {
                state.pods[pod] = .vllm(
                    model: model.name, running: sequences[index] * 0.75, waiting: sequences[index] * 0.25,
                    kv: shares[index] / 100)
                gpus += Self.gpus(of: pod, model, cluster.namespace, busy[index])
            }
            for pod in Self.canaries(model) where count > 0 {
                state.pods[pod] = .vllm(model: "\(model.name)-canary", running: 5000, waiting: 5000, kv: 1)
                gpus += Self.gpus(of: pod, model, cluster.namespace, 100)
            }
        }
        if count > 0 { state.pods[Self.exporterPod] = .dcgm(node: "ip-10-0-0-1", gpus: gpus) }
        state.pods[Self.counterPod] = .plain(counts(count))
        state.pods[Self.controllerPod] = .plain(pools(round))
        return state
    }

    /// A pod's GPUs, eight for the model that takes eight, around a mean utilisation.
    private static func gpus(of pod: String, _ model: ModelPlan, _ namespace: String, _ busy: Double) -> [ExporterState
        .GPUState]
    {
        let count = model.placement.point.tensorParallel.value
        return (0..<count).map {
            ExporterState.GPUState(
                gpu: $0, pod: pod, namespace: namespace, utilization: busy + Double($0) - Double(count - 1) / 2)
        }
    }
}
