import Groundwork
import Planning

/// Writes series as they come out of a scrape by our ServiceMonitors, and out of kube-state-metrics.
struct Traffic {
    let namespace: String

    /// The pods of a Deployment, with names as Kubernetes gives them.
    static func pods(_ deployment: String, _ count: Int) -> [String] {
        let letters = Array("bcdfghjklmnpqrstvwxz2456789")
        return (0..<count).map { "\(deployment)-6d4cf56db6-x\(letters[$0 % letters.count])x7q" }
    }

    /// A sample of kube-state-metrics: its own labels are kept.
    func state(_ metric: String, _ labels: [String: String], _ value: Double) -> Series {
        Series(metric, labels.merging(["namespace": namespace, "job": "kube-state-metrics"]) { $1 }, .constant(value))
    }

    /// A series of vLLM from one pod.
    func engine(_ metric: String, _ model: String, pod: String, _ samples: Samples, _ more: [String: String] = [:])
        -> Series
    {
        let labels = [
            "namespace": namespace, "pod": pod, "container": "vllm", "service": model, "job": model, "endpoint": "http",
            "model_name": model, "engine": "0",
        ]
        return Series(metric, labels.merging(more) { $1 }, samples)
    }

    /// A series of the DCGM exporter: the exporter's own labels name the pod that has the GPU.
    func gpu(
        _ metric: String, pod: String, index: Int, _ samples: Samples, node: String = "ip-10-0-0-1",
        label: String = "Hostname"
    ) -> Series {
        let labels = [
            "namespace": namespace, "pod": pod, "container": "vllm", "gpu": "\(index)", label: node,
            "UUID": "GPU-\(node)-\(index)",
            "device": "nvidia\(index)", "modelName": "NVIDIA A100-SXM4-40GB", "job": "dcgm-exporter",
        ]
        return Series(metric, labels, samples)
    }

    /// A model's load, spread over pods, in one signal.
    func load(_ model: ModelPlan, _ signal: Signal, _ total: Double, name: String? = nil, pods: Int = 3) -> [Series] {
        let name = name ?? model.name
        let share = total / Double(pods)
        return Self.pods(model.placement.isSplit ? "\(name)-surge" : name, pods).flatMap { pod -> [Series] in
            switch signal {
            case .concurrency:
                [
                    engine("vllm:num_requests_running", name, pod: pod, .constant(share * 0.75)),
                    engine("vllm:num_requests_waiting", name, pod: pod, .constant(share * 0.25)),
                ]
            case .kvCache: [engine("vllm:kv_cache_usage_perc", name, pod: pod, .constant(share / 100))]
            case .requests:
                [
                    Series(
                        "istio_requests_total",
                        [
                            "reporter": "source", "destination_service_namespace": namespace,
                            "destination_service_name": name, "response_code": "200", "pod": "gateway-\(pod)",
                            "namespace": "istio-ingress",
                        ], .growing(by: share * 15))
                ]
            case .gpuUtilization:
                // Before release 4.9 of the exporter in percent, from then on as a ratio.
                (0..<8).flatMap {
                    [
                        gpu("DCGM_FI_DEV_GPU_UTIL", pod: pod, index: $0, .constant(share), node: pod),
                        gpu("DCGM_FI_DEV_GPU_UTIL_RATIO", pod: pod, index: $0, .constant(share / 100), node: pod),
                    ]
                }
            }
        }
    }

    /// A neighbor whose name begins alike, and the same model in another namespace, both far above every threshold.
    func neighbors(of model: ModelPlan, _ signal: Signal) -> [Series] {
        load(model, signal, 1e6, name: "\(model.name)-canary") + Traffic(namespace: "staging").load(model, signal, 1e6)
    }

    /// How many replicas a model's Deployments have.
    func replicas(_ model: ModelPlan, _ count: Int, of metric: String) -> [Series] {
        let names = model.deployments.map(\.name.value)
        return names.enumerated().map { index, name in
            // A base and its surge share them.
            state(
                metric, ["deployment": name],
                Double(names.count == 1 ? count : index == 0 ? count - count / 2 : count / 2))
        } + [state(metric, ["deployment": "\(model.name)-canary"], 1)]
    }
}
