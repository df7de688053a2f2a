/// A metric that queries may use: its name, its kind and the range of its values.
package struct Metric: Sendable {
    package enum Kind: Sendable { case gauge, counter, histogram }

    package let name: String
    package let kind: Kind
    package let unit: String
    /// The greatest value that it can take, where it has one.
    package let most: Double?

    init(_ name: String, _ kind: Kind, _ unit: String, most: Double? = nil) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.most = most
    }
}

/// The metrics of vLLM, the DCGM exporter, kube-state-metrics, KEDA and Karpenter that rules and scalers read.
package enum Metrics {
    // vLLM from 0.11: labels model_name and engine; namespace and pod come from the scrape.
    package static let running = Metric("vllm:num_requests_running", .gauge, "sequences")
    package static let waiting = Metric("vllm:num_requests_waiting", .gauge, "sequences")
    package static let kvCacheUsage = Metric("vllm:kv_cache_usage_perc", .gauge, "ratio", most: 1)
    package static let preemptions = Metric("vllm:num_preemptions_total", .counter, "preemptions")
    package static let requests = Metric("vllm:request_success_total", .counter, "requests")
    package static let promptTokens = Metric("vllm:prompt_tokens_total", .counter, "tokens")
    package static let generationTokens = Metric("vllm:generation_tokens_total", .counter, "tokens")
    package static let timeToFirstToken = Metric("vllm:time_to_first_token_seconds", .histogram, "s")
    package static let timePerOutputToken = Metric("vllm:request_time_per_output_token_seconds", .histogram, "s")
    // DCGM exporter: with honorLabels, pod, namespace and container name the GPU's user.
    package static let gpuUtilization = Metric("DCGM_FI_DEV_GPU_UTIL", .gauge, "percent", most: 100)
    package static let graphicsActive = Metric("DCGM_FI_PROF_GR_ENGINE_ACTIVE", .gauge, "ratio", most: 1)
    package static let framebufferUsed = Metric("DCGM_FI_DEV_FB_USED", .gauge, "MiB")
    package static let framebufferFree = Metric("DCGM_FI_DEV_FB_FREE", .gauge, "MiB")
    package static let framebufferReserved = Metric("DCGM_FI_DEV_FB_RESERVED", .gauge, "MiB")
    package static let gpuTemperature = Metric("DCGM_FI_DEV_GPU_TEMP", .gauge, "°C")
    package static let xidErrors = Metric("DCGM_FI_DEV_XID_ERRORS", .gauge, "code")
    package static let thermalViolation = Metric("DCGM_FI_DEV_THERMAL_VIOLATION", .counter, "ns")
    package static let powerViolation = Metric("DCGM_FI_DEV_POWER_VIOLATION", .counter, "ns")
    package static let powerUsage = Metric("DCGM_FI_DEV_POWER_USAGE", .gauge, "W")
    // kube-state-metrics.
    package static let deploymentReplicas = Metric("kube_deployment_status_replicas", .gauge, "replicas")
    package static let deploymentAvailable = Metric("kube_deployment_status_replicas_available", .gauge, "replicas")
    package static let autoscalerReplicas = Metric(
        "kube_horizontalpodautoscaler_status_current_replicas", .gauge, "replicas")
    package static let autoscalerMost = Metric("kube_horizontalpodautoscaler_spec_max_replicas", .gauge, "replicas")
    package static let autoscalerCondition = Metric(
        "kube_horizontalpodautoscaler_status_condition", .gauge, "boolean", most: 1)
    package static let autoscalerWanted = Metric(
        "kube_horizontalpodautoscaler_status_desired_replicas", .gauge, "replicas")
    package static let podReady = Metric("kube_pod_status_ready", .gauge, "boolean", most: 1)
    package static let podDeletion = Metric("kube_pod_deletion_timestamp", .gauge, "s")
    package static let podPhase = Metric("kube_pod_status_phase", .gauge, "boolean", most: 1)
    // KEDA and Karpenter.
    package static let scalerErrors = Metric("keda_scaler_detail_errors_total", .counter, "errors")
    package static let poolUsage = Metric("karpenter_nodepools_usage", .gauge, "resource")
    package static let poolLimit = Metric("karpenter_nodepools_limit", .gauge, "resource")
    package static let nodesCreated = Metric("karpenter_nodeclaims_created_total", .counter, "nodes")
    package static let nodesTerminated = Metric("karpenter_nodeclaims_terminated_total", .counter, "nodes")
    // A gateway's.
    package static let envoyRequests = Metric("envoy_cluster_upstream_rq_xx", .counter, "requests")
    package static let nginxRequests = Metric("nginx_ingress_controller_requests", .counter, "requests")
    package static let istioRequests = Metric("istio_requests_total", .counter, "requests")
    package static let istioBuild = Metric("istio_build", .gauge, "boolean", most: 1)
    package static let envoyLive = Metric("envoy_server_live", .gauge, "boolean", most: 1)
    package static let nginxBuild = Metric("nginx_ingress_controller_build_info", .gauge, "boolean", most: 1)

    /// Upper bounds of vLLM's histogram of the time to first token, seconds.
    package static let firstTokenBuckets: [Double] = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640,
        2560,
    ]
    /// Upper bounds of vLLM's histogram of the time per output token, seconds.
    package static let perTokenBuckets: [Double] = [
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80,
    ]
}
