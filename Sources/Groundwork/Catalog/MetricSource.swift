/// Who serves a metric, and what all metrics of it have in common.
package enum MetricSource: Sendable, CaseIterable {
    case vLLM, dcgmExporter, kubeStateMetrics, keda, karpenter, istio, envoyGateway, ingressNginx

    /// The release in which its metrics are known to have the names that the catalog gives: the oldest one that is supported, or tried.
    package var since: Version {
        switch self {
        case .vLLM: Version(0, 12)
        case .dcgmExporter: Version(4, 5)
        case .kubeStateMetrics: Version(2, 10)
        case .keda: Version(2, 18)
        case .karpenter: Version(1, 12)
        case .istio: Version(1, 20)
        case .envoyGateway: Version(1, 0)
        case .ingressNginx: Version(1, 8)
        }
    }

    /// The labels that tell its series apart, once scraped; those that a scrape adds to all are not named here.
    ///
    /// The DCGM exporter and kube-state-metrics keep their own `namespace` and `pod` (`honorLabels: true`), which name what a series is
    /// about. KEDA and ingress-nginx are scraped without, as their charts write it: theirs come as `exported_…`.
    package var labels: Set<String> {
        switch self {
        case .vLLM: ["model_name", "engine"]
        case .dcgmExporter: ["gpu", "UUID", "Hostname", "device", "modelName", "GPU_I_PROFILE", "GPU_I_ID"]
        case .kubeStateMetrics: []
        case .keda: ["scaledObject", "scaler", "triggerIndex", "metric", "type", "exported_namespace"]
        case .karpenter: ["nodepool"]
        case .istio: ["reporter", "destination_service_namespace", "destination_service_name", "response_code"]
        case .envoyGateway: ["envoy_cluster_name", "envoy_response_code_class"]
        case .ingressNginx: ["exported_namespace", "exported_service", "status"]
        }
    }

    /// The labels that every scrape adds, or a source of our ServiceMonitors keeps.
    package static let scraped: Set<String> = [
        "namespace", "pod", "container", "service", "job", "instance", "endpoint",
    ]
}
