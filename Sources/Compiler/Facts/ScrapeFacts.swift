import Groundwork
import Planning

/// A job of Prometheus that scrapes one kind of pods through their Services, as a ServiceMonitor would.
struct ScrapeJob: Sendable {
    let name: String
    let namespaces: [Traced<String>]
    /// Prometheus' name of the Service's label that selects it.
    let label: String
    /// What the label has to match.
    let pattern: String
    let port: String
    /// Prometheus' name of the label with the port.
    var portLabel = "__meta_kubernetes_endpoint_port_name"
    let honorLabels: Bool
}

let scrapeJobFacts = FactTable<ScrapeJob>(
    "scrapeJob", "a scrape job of Prometheus, where no operator reads ServiceMonitors",
    [
        .fact("name", "its name") { Traced($0.name, .convention("named after what it scrapes")) },
        .list("namespaces", "the namespaces of its Services") { $0.namespaces },
        .fact("label", "Prometheus' name of the label of its Services") {
            Traced($0.label, .convention("the label that a ServiceMonitor would select"))
        },
        .fact("pattern", "the regular expression that the label matches") {
            Traced($0.pattern, .convention("the Services that a ServiceMonitor would select"))
        },
        .fact("port", "the port") { Traced($0.port, .convention("the port with the metrics")) },
        .fact("portLabel", "Prometheus' name of the label with the port: its name, or its number") {
            Traced(
                $0.portLabel, .convention("the ports of pods whose Services exist already are those of the containers"))
        },
        .fact("honorLabels", "whether the labels of the metrics take precedence over those of the target") {
            Traced(
                $0.honorLabels,
                .convention("the exporter sets the labels of the pod that uses the GPU; a model server sets none"))
        },
    ])

/// The scrape jobs of a cluster without Prometheus Operator.
func scrapeJobs(_ plan: Plan) -> [ScrapeJob] {
    let platform = plan.spec.platform
    let exporter =
        platform.gpu.stack.value == .none
        ? (label: "app_kubernetes_io_name", name: "dcgm-exporter", port: "metrics")
        : (label: "app", name: "nvidia-dcgm-exporter", port: "gpu-metrics")
    let generated = plan.models.map(\.placement).filter { $0.workload == nil }
    let models = ScrapeJob(
        name: "stowage-models", namespaces: namespaces(of: generated),
        label: "__meta_kubernetes_service_label_stowage_dev_model", pattern: ".+", port: "http",
        honorLabels: false)
    let all = (generated.isEmpty ? [] : [models]) + plan.models.compactMap { workloadJob($0.placement) }
    // Those who own the nodes scrape their exporter.
    if plan.ownPools.isEmpty { return all }
    return all + [
        ScrapeJob(
            name: "stowage-gpus", namespaces: [platform.gpu.namespace],
            label: "__meta_kubernetes_service_label_\(exporter.label)", pattern: exporter.name, port: exporter.port,
            honorLabels: true)
    ]
}

/// The job of an existing workload, through its Service; nil for other models.
private func workloadJob(_ model: Placement) -> ScrapeJob? {
    model.workload.map { workload in
        ScrapeJob(
            name: "stowage-\(model.name)", namespaces: [model.spec.namespace],
            label: "__meta_kubernetes_service_name", pattern: workload.service.value, port: workload.port.value,
            portLabel: "__meta_kubernetes_pod_container_port_\(workload.hasPortNumber ? "number" : "name")",
            honorLabels: false)
    }
}
