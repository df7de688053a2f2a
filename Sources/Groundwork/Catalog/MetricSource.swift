/// Who serves a metric, and what all metrics of it have in common.
///
/// The oldest release that is known to have the names of `metrics.csv` stands in `versions.csv`, under the same name.
package enum MetricSource: String, Sendable, CaseIterable {
    case vLLM = "vllm", dcgmExporter = "dcgm-exporter", kubeStateMetrics = "kube-state-metrics", keda, karpenter, istio
    case envoyGateway = "envoy-gateway", ingressNginx = "ingress-nginx", kubelet

    /// The labels that tell its series apart, once scraped; those that a scrape adds to all are not named here.
    ///
    /// The DCGM exporter and kube-state-metrics keep their own `namespace` and `pod` (`honorLabels: true`), which name what a series is
    /// about. KEDA and ingress-nginx are scraped without, as their charts write it: theirs come as `exported_…`.
    package var labels: [String] {
        switch self {
        case .vLLM: ["model_name", "engine"]
        // Those of all its releases and settings.
        case .dcgmExporter:
            [
                "gpu", "UUID", "pci_bus_id", "device", "modelName", "GPU_I_PROFILE", "GPU_I_ID", "Hostname", "hostname",
                "DCGM_FI_DRIVER_VERSION", "DCGM_FI_DEV_DRIVER_VERSION", "pod_uid", "vgpu", "pod_name", "pod_namespace",
                "container_name",
            ]
        case .kubeStateMetrics, .kubelet: []
        case .keda: ["scaledObject", "scaler", "triggerIndex", "metric", "type", "exported_namespace"]
        case .karpenter: ["nodepool"]
        case .istio: ["reporter", "destination_service_namespace", "destination_service_name", "response_code"]
        case .envoyGateway: ["envoy_cluster_name", "envoy_response_code_class"]
        case .ingressNginx: ["exported_namespace", "exported_service", "status"]
        }
    }

    /// Whether its metrics have no labels but those that are known; of the others only those that queries here read are.
    package var namesAllLabels: Bool { self == .vLLM || self == .dcgmExporter }

    /// The labels that every scrape adds, or a source of our ServiceMonitors keeps.
    package static let scraped = ["namespace", "pod", "container", "service", "job", "instance", "endpoint"]
}
