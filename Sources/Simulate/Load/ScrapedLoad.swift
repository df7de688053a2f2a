/// What Prometheus knows of a workload after a scrape.
package struct ScrapedLoad: Sendable, Hashable {
    /// Replicas whose metrics were read.
    package var targets = 0
    package var running = 0.0
    package var waiting = 0.0
    /// The sum of the shares of the KV caches in use.
    package var cache = 0.0
    /// The sum of the utilization of the replicas' GPUs, in percent.
    package var utilization = 0.0
    /// The figures of kube-state-metrics; nil before its first scrape.
    package var status: Status?

    /// What kube-state-metrics says of a workload.
    package struct Status: Sendable, Hashable {
        package var wanted: Double
        package var replicas: Double
        package var available: Double

        package init(wanted: Double, replicas: Double, available: Double) {
            self.wanted = wanted
            self.replicas = replicas
            self.available = available
        }
    }

    package init() {}
}

/// A metric of a workload or of its replicas that scalers read.
enum LoadMetric: String, Sendable, CaseIterable {
    case running = "vllm:num_requests_running"
    case waiting = "vllm:num_requests_waiting"
    case cache = "vllm:kv_cache_usage_perc"
    case utilization = "DCGM_FI_DEV_GPU_UTIL"
    case utilizationRatio = "DCGM_FI_DEV_GPU_UTIL_RATIO"
    case wanted = "kube_deployment_spec_replicas"
    case replicas = "kube_deployment_status_replicas"
    case available = "kube_deployment_status_replicas_available"

    /// The metric of a name: kube-state-metrics has other names for StatefulSets.
    init?(_ name: String) {
        switch name {
        case "kube_statefulset_replicas": self = .wanted
        case "kube_statefulset_status_replicas": self = .replicas
        case "kube_statefulset_status_replicas_available": self = .available
        default: self.init(rawValue: name)
        }
    }

    /// The label of the workloads that have a metric of kube-state-metrics; nil for other metrics.
    static func owner(_ name: String) -> String? {
        name.hasPrefix("kube_statefulset_") ? "statefulset" : name.hasPrefix("kube_deployment_") ? "deployment" : nil
    }

    /// The sum over the series of a workload, and their number; nil without any.
    func sum(_ load: ScrapedLoad) -> (sum: Double, count: Double)? {
        let value: Double?
        switch self {
        case .running: value = load.running
        case .waiting: value = load.waiting
        case .cache: value = load.cache
        case .utilization: value = load.utilization
        case .utilizationRatio: value = load.utilization / 100
        case .wanted: return load.status.map { ($0.wanted, 1) }
        case .replicas: return load.status.map { ($0.replicas, 1) }
        case .available: return load.status.map { ($0.available, 1) }
        }
        return load.targets > 0 ? value.map { ($0, Double(load.targets)) } : nil
    }
}
