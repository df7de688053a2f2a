/// A metric that queries may use: what it is, who serves it, and what its values can be.
package struct Metric: Sendable {
    package enum Kind: Sendable { case gauge, counter, histogram }

    package let name: String
    package let kind: Kind
    package let unit: String
    package let source: MetricSource
    /// What its values lie between.
    package let range: ClosedRange<Double>
    /// Labels beyond those of its source.
    package let labels: Set<String>
    /// All labels that its series bear, those of its source and of a scrape included.
    private let borne: Set<String>
    /// The upper bounds of a histogram's buckets but the infinite one, ascending.
    package let buckets: [Double]

    init(
        _ name: String, _ kind: Kind, _ unit: String, of source: MetricSource, in range: ClosedRange<Double>? = nil,
        by labels: Set<String> = [], buckets: [Double] = []
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.source = source
        self.range = range ?? 0...(.infinity)
        self.labels = labels
        borne = labels.union(source.labels).union(MetricSource.scraped).union(kind == .histogram ? ["le"] : [])
        self.buckets = buckets
    }

    /// The greatest value that it can take, where it has one.
    package var most: Double? { range.upperBound.isFinite ? range.upperBound : nil }

    /// Whether its series bear a label; buckets of a histogram have their bound besides.
    package func hasLabel(_ label: String) -> Bool { borne.contains(label) }
}

/// The metrics of vLLM, the DCGM exporter, kube-state-metrics, KEDA, Karpenter and gateways that rules and scalers read.
package enum Metrics {
    // vLLM from 0.12, which renamed its latencies.
    package static let running = Metric("vllm:num_requests_running", .gauge, "sequences", of: .vLLM)
    package static let waiting = Metric("vllm:num_requests_waiting", .gauge, "sequences", of: .vLLM)
    package static let kvCacheUsage = Metric("vllm:kv_cache_usage_perc", .gauge, "ratio", of: .vLLM, in: 0...1)
    package static let preemptions = Metric("vllm:num_preemptions_total", .counter, "preemptions", of: .vLLM)
    package static let requests = Metric(
        "vllm:request_success_total", .counter, "requests", of: .vLLM, by: ["finished_reason"])
    package static let promptTokens = Metric("vllm:prompt_tokens_total", .counter, "tokens", of: .vLLM)
    package static let generationTokens = Metric("vllm:generation_tokens_total", .counter, "tokens", of: .vLLM)
    package static let timeToFirstToken = Metric(
        "vllm:time_to_first_token_seconds", .histogram, "s", of: .vLLM, buckets: firstTokenBuckets)
    package static let timePerOutputToken = Metric(
        "vllm:request_time_per_output_token_seconds", .histogram, "s", of: .vLLM, buckets: perTokenBuckets)
    // DCGM exporter: pod, namespace and container name the GPU's user.
    package static let gpuUtilization = Metric(
        "DCGM_FI_DEV_GPU_UTIL", .gauge, "percent", of: .dcgmExporter, in: 0...Thresholds.fullUtilization.value)
    package static let graphicsActive = Metric(
        "DCGM_FI_PROF_GR_ENGINE_ACTIVE", .gauge, "ratio", of: .dcgmExporter, in: 0...1)
    package static let framebufferUsed = Metric("DCGM_FI_DEV_FB_USED", .gauge, "MiB", of: .dcgmExporter)
    package static let framebufferFree = Metric("DCGM_FI_DEV_FB_FREE", .gauge, "MiB", of: .dcgmExporter)
    package static let framebufferReserved = Metric("DCGM_FI_DEV_FB_RESERVED", .gauge, "MiB", of: .dcgmExporter)
    package static let gpuTemperature = Metric("DCGM_FI_DEV_GPU_TEMP", .gauge, "°C", of: .dcgmExporter)
    package static let xidErrors = Metric("DCGM_FI_DEV_XID_ERRORS", .gauge, "code", of: .dcgmExporter)
    package static let thermalViolation = Metric("DCGM_FI_DEV_THERMAL_VIOLATION", .counter, "ns", of: .dcgmExporter)
    package static let powerViolation = Metric("DCGM_FI_DEV_POWER_VIOLATION", .counter, "ns", of: .dcgmExporter)
    package static let powerUsage = Metric("DCGM_FI_DEV_POWER_USAGE", .gauge, "W", of: .dcgmExporter)
    // kube-state-metrics.
    package static let deploymentReplicas = Metric(
        "kube_deployment_status_replicas", .gauge, "replicas", of: .kubeStateMetrics, by: ["deployment"])
    package static let deploymentAvailable = Metric(
        "kube_deployment_status_replicas_available", .gauge, "replicas", of: .kubeStateMetrics, by: ["deployment"])
    package static let autoscalerReplicas = autoscaler("status_current_replicas", "replicas")
    package static let autoscalerMost = autoscaler("spec_max_replicas", "replicas")
    package static let autoscalerWanted = autoscaler("status_desired_replicas", "replicas")
    package static let autoscalerCondition = autoscaler(
        "status_condition", "boolean", in: 0...1, by: ["condition", "status"])
    package static let podReady = Metric(
        "kube_pod_status_ready", .gauge, "boolean", of: .kubeStateMetrics, in: 0...1, by: ["uid", "condition"])
    package static let podDeletion = Metric(
        "kube_pod_deletion_timestamp", .gauge, "s", of: .kubeStateMetrics, by: ["uid"])
    package static let podPhase = Metric(
        "kube_pod_status_phase", .gauge, "boolean", of: .kubeStateMetrics, in: 0...1, by: ["uid", "phase"])
    // KEDA and Karpenter.
    package static let scalerErrors = Metric("keda_scaler_detail_errors_total", .counter, "errors", of: .keda)
    package static let poolUsage = Metric(
        "karpenter_nodepools_usage", .gauge, "resource", of: .karpenter, by: ["resource_type"])
    package static let poolLimit = Metric(
        "karpenter_nodepools_limit", .gauge, "resource", of: .karpenter, by: ["resource_type"])
    package static let nodesCreated = Metric(
        "karpenter_nodeclaims_created_total", .counter, "nodes", of: .karpenter, by: ["reason"])
    package static let nodesTerminated = Metric(
        "karpenter_nodeclaims_terminated_total", .counter, "nodes", of: .karpenter)
    // A gateway's.
    package static let envoyRequests = Metric("envoy_cluster_upstream_rq_xx", .counter, "requests", of: .envoyGateway)
    package static let nginxRequests = Metric(
        "nginx_ingress_controller_requests", .counter, "requests", of: .ingressNginx)
    package static let istioRequests = Metric("istio_requests_total", .counter, "requests", of: .istio)
    package static let istioBuild = Metric(
        "istio_build", .gauge, "boolean", of: .istio, in: 0...1, by: ["component"])
    package static let envoyLive = Metric("envoy_server_live", .gauge, "boolean", of: .envoyGateway, in: 0...1)
    package static let nginxBuild = Metric(
        "nginx_ingress_controller_build_info", .gauge, "boolean", of: .ingressNginx, in: 0...1)

    /// All of them.
    package static let all = [
        running, waiting, kvCacheUsage, preemptions, requests, promptTokens, generationTokens, timeToFirstToken,
        timePerOutputToken, gpuUtilization,
        graphicsActive, framebufferUsed, framebufferFree, framebufferReserved, gpuTemperature, xidErrors,
        thermalViolation, powerViolation, powerUsage, deploymentReplicas, deploymentAvailable, autoscalerReplicas,
        autoscalerMost, autoscalerWanted, autoscalerCondition, podReady, podDeletion, podPhase, scalerErrors, poolUsage,
        poolLimit, nodesCreated, nodesTerminated, envoyRequests, nginxRequests, istioRequests, istioBuild, envoyLive,
        nginxBuild,
    ]

    private static func autoscaler(
        _ name: String, _ unit: String, in range: ClosedRange<Double>? = nil, by labels: Set<String> = []
    ) -> Metric {
        Metric(
            "kube_horizontalpodautoscaler_\(name)", .gauge, unit, of: .kubeStateMetrics, in: range,
            by: labels.union(["horizontalpodautoscaler"]))
    }

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
