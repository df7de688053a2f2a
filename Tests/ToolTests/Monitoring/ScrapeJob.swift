import Foundation
import Testing
import YAML

/// Prometheus' own configuration, in JSON, which is YAML too.
struct PrometheusConfiguration: Encodable {
    let global: [String: String]
    let ruleFiles: [String]
    let scrapeConfigs: [ScrapeJob]
}

/// A scrape job as the operator writes it for a ServiceMonitor, with the cluster's endpoints given instead of discovered.
struct ScrapeJob: Encodable {
    let jobName: String
    let honorLabels: Bool
    let metricsPath: String
    let staticConfigs: [Targets]
    let relabelConfigs: [Relabel]

    struct Targets: Encodable {
        let targets: [String]
        let labels: [String: String]
    }

    struct Relabel: Encodable {
        var sourceLabels: [String]?
        var regex: String?
        var targetLabel: String?
        var replacement: String?
        var action: String?
    }
}

/// A pod behind a Service, as Prometheus discovers it.
struct Endpoint {
    let pod: String
    let namespace: String
    let service: String
    let serviceLabels: [String: String]
    let port: String
    var container = "server"

    /// The labels of service discovery; the exporter is told which pod it is to be.
    fileprivate var discovered: [String: String] {
        var labels = [
            "__param_pod": pod, "__meta_kubernetes_namespace": namespace, "__meta_kubernetes_service_name": service,
            "__meta_kubernetes_pod_name": pod, "__meta_kubernetes_pod_container_name": container,
            "__meta_kubernetes_endpoint_port_name": port, "__meta_kubernetes_endpoint_address_target_kind": "Pod",
            "__meta_kubernetes_endpoint_address_target_name": pod,
        ]
        for (label, value) in serviceLabels { labels["__meta_kubernetes_service_label_\(underscored(label))"] = value }
        return labels
    }
}

/// Writes a label as service discovery does.
private func underscored(_ label: String) -> String {
    String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
}

extension ScrapeJob {
    /// Does what Prometheus Operator does with a ServiceMonitor; only the interval is another.
    init(_ monitor: Node, _ endpoints: [Endpoint], exporter: String) throws {
        let spec = try #require(monitor["spec"])
        let endpoint = try #require(spec["endpoints"]?.items?.first)
        let port = try #require(endpoint["port"]?.scalar?.text)
        let namespaces = (spec["namespaceSelector"]?["matchNames"]?.items ?? []).compactMap { $0.scalar?.text }
        let selected = spec["selector"]?["matchLabels"]?.entries ?? []
        jobName =
            "serviceMonitor/\(monitor["metadata"]?["namespace"]?.scalar?.text ?? "")/\(monitor["metadata"]?["name"]?.scalar?.text ?? "")/0"
        honorLabels = endpoint["honorLabels"]?.scalar?.text == "true"
        metricsPath = endpoint["path"]?.scalar?.text ?? "/metrics"
        staticConfigs = endpoints.filter { namespaces.contains($0.namespace) }.map {
            Targets(targets: [exporter], labels: $0.discovered)
        }
        func copy(_ source: String, to target: String) -> Relabel {
            Relabel(sourceLabels: ["__meta_kubernetes_\(source)"], targetLabel: target)
        }
        relabelConfigs =
            selected.map {
                Relabel(
                    sourceLabels: ["__meta_kubernetes_service_label_\(underscored($0.key))"],
                    regex: $0.value.scalar?.text ?? "",
                    action: "keep")
            } + [
                Relabel(sourceLabels: ["__meta_kubernetes_endpoint_port_name"], regex: port, action: "keep"),
                copy("namespace", to: "namespace"), copy("service_name", to: "service"), copy("pod_name", to: "pod"),
                copy("pod_container_name", to: "container"), copy("service_name", to: "job"),
                Relabel(targetLabel: "endpoint", replacement: port),
            ]
    }

    /// A source that is scraped with the labels that its own chart gives it.
    init(_ name: String, namespace: String, pod: String, honorLabels: Bool, exporter: String) {
        jobName = name
        self.honorLabels = honorLabels
        metricsPath = "/metrics"
        staticConfigs = [
            Targets(
                targets: [exporter], labels: ["__param_pod": pod, "pod": pod, "namespace": namespace, "service": name])
        ]
        relabelConfigs = []
    }
}
