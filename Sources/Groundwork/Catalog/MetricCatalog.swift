/// A metric whose exporter is known: a row of `metrics.csv`.
///
/// A class, because each selector of each query holds one.
package final class Metric: Sendable {
    package enum Kind: String, Sendable { case gauge, counter, histogram }

    /// Its name; for a histogram without the suffixes.
    package let name: String
    package let source: MetricSource
    package let kind: Kind
    package let unit: String
    /// Its maximum value, if it has one.
    package let most: Double?
    /// The labels that distinguish its series, those of its exporter first; without those that a scrape adds.
    package let labels: [String]
    /// The name that has replaced this one; empty if none has.
    package let replacement: String
    /// The upper bounds of a histogram's buckets as its exporter writes them, ascending.
    package let buckets: [String]
    /// The same as numbers, without the infinite one.
    package let bounds: [Double]

    private init(_ row: inout RowScanner) {
        name = row.text()
        source = row.word(MetricSource.self)
        kind = row.word(Kind.self)
        unit = row.text()
        most = row.number(orEmpty: ())
        labels = source.labels + row.words() + (kind == .histogram ? ["le"] : [])
        replacement = row.text()
        buckets = row.words()
        bounds = buckets.compactMap(Double.init).filter(\.isFinite)
    }

    /// Whether its series have a label once scraped.
    package func hasLabel(_ label: String) -> Bool { labels.contains(label) || MetricSource.scraped.contains(label) }

    /// Finds the metric with a name as used in a query: a histogram has three names.
    package static func named(_ name: String) -> Metric? {
        if let metric = byName[name] { return metric }
        for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            if let metric = byName[String(name.dropLast(suffix.count))], metric.kind == .histogram { return metric }
        }
        return nil
    }

    /// All of them, in the order of the table.
    package static let all: [Metric] = {
        let columns = ["name", "exporter", "kind", "unit", "most", "labels", "replacement", "buckets"]
        return scan("metrics", columns: columns) { Metric(&$0) }
    }()

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// The metrics that generated rules, scalers and dashboards read: each has its row in `metrics.csv`.
package enum MetricName: String, Sendable, CaseIterable {
    case running = "vllm:num_requests_running"
    case waiting = "vllm:num_requests_waiting"
    case kvCacheUsage = "vllm:kv_cache_usage_perc"
    case preemptions = "vllm:num_preemptions_total"
    case completed = "vllm:request_success_total"
    case rejections = "vllm:admission_rejections_total"
    case timeToFirstToken = "vllm:time_to_first_token_seconds"
    case timePerOutputToken = "vllm:request_time_per_output_token_seconds"
    case endToEndLatency = "vllm:e2e_request_latency_seconds"
    case promptTokens = "vllm:prompt_tokens_total"
    case gpuUtilization = "DCGM_FI_DEV_GPU_UTIL"
    case copyUtilization = "DCGM_FI_DEV_MEM_COPY_UTIL"
    case graphicsActive = "DCGM_FI_PROF_GR_ENGINE_ACTIVE"
    case framebufferUsed = "DCGM_FI_DEV_FB_USED"
    case framebufferFree = "DCGM_FI_DEV_FB_FREE"
    case framebufferReserved = "DCGM_FI_DEV_FB_RESERVED"
    case gpuTemperature = "DCGM_FI_DEV_GPU_TEMP"
    case clock = "DCGM_FI_DEV_SM_CLOCK"
    case xidErrors = "DCGM_FI_DEV_XID_ERRORS"
    case thermalViolation = "DCGM_FI_DEV_THERMAL_VIOLATION"
    case powerViolation = "DCGM_FI_DEV_POWER_VIOLATION"
    case powerUsage = "DCGM_FI_DEV_POWER_USAGE"
    case gpuUtilizationRatio = "DCGM_FI_DEV_GPU_UTIL_RATIO"
    case copyUtilizationRatio = "DCGM_FI_DEV_MEMORY_UTIL_RATIO"
    case graphicsUtilizationRatio = "DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO"
    case framebufferUsedBytes = "DCGM_FI_DEV_FB_USED_BYTES"
    case framebufferFreeBytes = "DCGM_FI_DEV_FB_FREE_BYTES"
    case framebufferReservedBytes = "DCGM_FI_DEV_FB_RESERVED_BYTES"
    case gpuTemperatureCelsius = "DCGM_FI_DEV_GPU_TEMP_CELSIUS"
    case clockHertz = "DCGM_FI_DEV_SM_CLOCK_HERTZ"
    case xidError = "DCGM_FI_DEV_XID_ERROR"
    case boardPower = "DCGM_FI_DEV_BOARD_POWER_WATTS"
    case deploymentReplicas = "kube_deployment_status_replicas"
    case deploymentAvailable = "kube_deployment_status_replicas_available"
    case statefulSetReplicas = "kube_statefulset_status_replicas"
    case statefulSetAvailable = "kube_statefulset_status_replicas_available"
    case autoscalerReplicas = "kube_horizontalpodautoscaler_status_current_replicas"
    case autoscalerMost = "kube_horizontalpodautoscaler_spec_max_replicas"
    case autoscalerWanted = "kube_horizontalpodautoscaler_status_desired_replicas"
    case autoscalerCondition = "kube_horizontalpodautoscaler_status_condition"
    case podReady = "kube_pod_status_ready"
    case podDeletion = "kube_pod_deletion_timestamp"
    case podPhase = "kube_pod_status_phase"
    case scalerErrors = "keda_scaler_detail_errors_total"
    case poolUsage = "karpenter_nodepools_usage"
    case poolLimit = "karpenter_nodepools_limit"
    case nodesCreated = "karpenter_nodeclaims_created_total"
    case nodesTerminated = "karpenter_nodeclaims_terminated_total"
    case envoyRequests = "envoy_cluster_upstream_rq_xx"
    case envoyLive = "envoy_server_live"
    case nginxRequests = "nginx_ingress_controller_requests"
    case nginxBuild = "nginx_ingress_controller_build_info"
    case istioRequests = "istio_requests_total"
    case istioBuild = "istio_build"

    /// Its row.
    package var metric: Metric {
        guard let metric = Metric.named(rawValue) else { preconditionFailure("metrics.csv has no \(rawValue)") }
        return metric
    }
}
