/// The exporter of a metric, and what all its metrics have in common.
///
/// The oldest release that is known to have the names of `metrics.csv` is in `versions.csv`, under the same name.
package enum MetricSource: String, Sendable, CaseIterable {
    case vLLM = "vllm", dcgmExporter = "dcgm-exporter", kubeStateMetrics = "kube-state-metrics", keda, karpenter, istio
    case envoyGateway = "envoy-gateway", ingressNginx = "ingress-nginx", kubelet

    /// The labels that distinguish its series once scraped, without those that a scrape adds to all.
    ///
    /// The DCGM exporter and kube-state-metrics keep their own `namespace` and `pod` (`honorLabels: true`), the subject of a
    /// series. KEDA and ingress-nginx are scraped without it, as in their charts, and get `exported_…` labels.
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

    /// Whether all labels of its metrics are known; of the others, only those that our queries use are.
    package var namesAllLabels: Bool { self == .vLLM || self == .dcgmExporter }

    /// The labels that every scrape adds, or that our ServiceMonitors keep.
    package static let scraped = ["namespace", "pod", "container", "service", "job", "instance", "endpoint"]
}
