import Groundwork

/// The names and label keys that Stowage uses, in one place.
package enum Names {
    package static let poolLabel = "stowage.dev/pool"
    package static let modelLabel = "stowage.dev/model"
    package static let roleLabel = "stowage.dev/role"
    package static let allocationLabel = "stowage.dev/gpu-allocation"
    package static let deviceConfigurationLabel = "stowage.dev/device-plugin-config"
    /// The label by which the GPU Operator's device plugin finds its configuration.
    package static let operatorConfigurationLabel = "nvidia.com/device-plugin.config"
    /// The label by which the GPU Operator keeps its device plugin off a node.
    package static let operatorPluginLabel = "nvidia.com/gpu.deploy.device-plugin"
    package static let migLabel = "nvidia.com/mig.config"
    /// The label by which Cluster Autoscaler recognizes GPU nodes.
    package static let acceleratorLabel = "k8s.amazonaws.com/accelerator"
    package static let gpuTaint = "nvidia.com/gpu"

    package static func primary(_ pool: String) -> String { "\(pool)-primary" }
    package static func elastic(_ gpu: String) -> String { "elastic-\(gpu)" }
    package static func spot(_ gpu: String) -> String { "spot-\(gpu)" }
    package static func priorityClass(_ priority: Priority) -> String { "stowage-\(priority.rawValue)" }

    /// The identifier of a model's dashboard.
    static func dashboard(_ model: String) -> String { "stowage-\(short(model))" }

    /// The identifier of the cluster's dashboard: no model's has the same prefix.
    static func fleet(_ cluster: String) -> String { "stowage_\(short(cluster))" }

    /// A name in at most 32 characters: Grafana allows 40 in all, and a truncated name might not be unique.
    private static func short(_ model: String) -> String {
        (model.utf8.count <= 32 ? model : "\(model.prefix(23))-\(sha256(Array(model.utf8)).prefix(8))")
    }
}
