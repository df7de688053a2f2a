import Diagnostics
import Groundwork

extension Inventory {
    /// The first request for an EFA interface.
    var efaRequest: (workload: Workload, place: SourceRange)? {
        for workload in workloads {
            for container in workload.pod.containers {
                let limits = container.value["resources"]?["limits"]
                if limits?["vpc.amazonaws.com/efa"] != nil {
                    return limits.map { (workload, $0.keyPlace("vpc.amazonaws.com/efa")) }
                }
            }
        }
        return nil
    }

    /// Whether a container image or an object's name mentions a plugin.
    func hasPlugin(_ plugin: StaticString) -> Bool {
        objects.contains { $0.name.mentions(plugin) }
            || workloads.contains { workload in
                workload.pod.containers.contains { $0.value["image"]?.text?.mentions(plugin) ?? false }
            }
    }
}

extension KubernetesObject {
    /// The names that may say what an object installs: its own, and those of charts.
    var installed: [String] {
        let sources = [spec?["source"]].compactMap { $0 } + (spec?["sources"]?.items ?? [])
        let charts =
            [spec?["chart"]?["spec"]?["chart"], spec?["chartRef"]?["name"], spec?["chart"]]
            + sources.flatMap { [$0["chart"], $0["path"], $0["repoURL"]] }
        return [name] + charts.compactMap { $0?.text }
    }
}

/// Tells whether the name of a chart, an object or a path is that of NVIDIA's device plugin or GPU operator.
func isPluginName(_ name: String) -> Bool {
    if name.mentions("efa") { return false }
    return name.mentions("k8s-device-plugin") || name.mentions("nvidia-device-plugin") || name.mentions("gpu-operator")
        || name == "nvdp"
}
