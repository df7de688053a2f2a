/// What Prometheus knows of a Deployment after a scrape.
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

    /// What kube-state-metrics says of a Deployment.
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

/// A metric of a Deployment or of its replicas that scalers read.
enum LoadMetric: String, Sendable, CaseIterable {
    case running = "vllm:num_requests_running"
    case waiting = "vllm:num_requests_waiting"
    case cache = "vllm:kv_cache_usage_perc"
    case utilization = "DCGM_FI_DEV_GPU_UTIL"
    case utilizationRatio = "DCGM_FI_DEV_GPU_UTIL_RATIO"
    case wanted = "kube_deployment_spec_replicas"
    case replicas = "kube_deployment_status_replicas"
    case available = "kube_deployment_status_replicas_available"

    /// The sum over the series of a Deployment, and their number; nil without any.
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
