import Groundwork

/// A Deployment, StatefulSet or LeaderWorkerSet of a tree, with its autoscaler and what it serves.
package struct TreeWorkload: Sendable {
    package enum Scaler: Sendable {
        case none
        case hpa(HPASpec)
        case keda(ScaledObjectSpec)
    }

    package enum Kind: String, Sendable {
        case deployment = "Deployment"
        case statefulSet = "StatefulSet"
        case leaderWorkerSet = "LeaderWorkerSet"
    }

    package let kind: Kind
    package let name: String
    package let namespace: String
    /// The model that it serves; nil for other workloads.
    package let model: String?
    package let service: String
    /// What one of its replicas takes before it rejects requests.
    package let limits: QueueLimits
    package var deployment: DeploymentSpec
    package let pod: PodPlacementSpec
    package var scaler: Scaler
    /// The name of the HorizontalPodAutoscaler: its own, or the one that KEDA makes.
    package var autoscalerName: String?
    /// The query of each trigger or metric, by its index.
    package var queries: [Int: String]
    /// Whether the queries are those of recording rules, which are evaluated at their interval.
    package var isRecorded: Bool
    /// Milliseconds between two scrapes of its replicas.
    package let scrape: Int
    /// The image of the container that serves, which a node pulls once.
    package let image: String

    /// The replicas that it starts with.
    package var initialReplicas: Int {
        switch scaler {
        case .none: deployment.replicas
        case .hpa(let spec): max(Int(spec.minimum), deployment.replicas)
        case .keda(let spec): max(Int(spec.minReplicas ?? 0), spec.minReplicas == 0 ? 0 : deployment.replicas)
        }
    }

    /// The most replicas that its autoscaler makes.
    package var mostReplicas: Int {
        switch scaler {
        case .none: deployment.replicas
        case .hpa(let spec): Int(spec.maxReplicas)
        case .keda(let spec): Int(spec.autoscaler.maxReplicas)
        }
    }

    package var title: String { "\(namespace)/\(name)" }
}
