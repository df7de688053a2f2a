import Groundwork

/// What applying a generated object in place of the existing one does.
package enum Effect: String, Sendable, CaseIterable {
    case restartsPods = "restarts pods"
    case replacesNodes = "replaces nodes"
    case changesScaling = "changes scaling"
    case changesMoney = "changes money"
    case changesTraffic = "changes traffic"
    case nothing = "nothing"

    /// The effect of a changed field.
    init(of kind: String, at path: [String]) {
        let isMetadata = path.first == "metadata"
        let field = path.dropFirst().first
        switch kind {
        case _ where isMetadata: self = .nothing
        case "Deployment", "StatefulSet", "DaemonSet", "LeaderWorkerSet":
            self =
                field == "template" || field == "leaderWorkerTemplate" || field == "selector"
                ? .restartsPods : field == "replicas" ? .changesScaling : .nothing
        case "NodePool":
            self =
                field == "template" && path.last != "terminationGracePeriod"
                ? .replacesNodes : field == "limits" || field == "replicas" ? .changesMoney : .changesScaling
        case "EC2NodeClass": self = .replacesNodes
        case "ScaledObject", "HorizontalPodAutoscaler", "TriggerAuthentication", "NodeOverlay", "ResourceQuota":
            self = .changesScaling
        case "ResourceClaimTemplate", "ResourceClaim", "DeviceClass": self = .restartsPods
        case "PriorityClass": self = path == ["value"] ? .restartsPods : .nothing
        case "Service", "NetworkPolicy", "HTTPRoute", "InferencePool": self = .changesTraffic
        case "ClusterConfig": self = .replacesNodes
        default: self = .nothing
        }
    }

    /// The effect of an object that is only in the spec.
    init(ofNew kind: String) {
        switch kind {
        // The settings of node groups in a ClusterConfig have no effect until eksctl is run with them: no API server holds it.
        case "Deployment", "StatefulSet", "DaemonSet", "NodePool": self = .changesMoney
        case "ScaledObject", "HorizontalPodAutoscaler", "ResourceQuota", "NodeOverlay": self = .changesScaling
        case "NetworkPolicy": self = .changesTraffic
        default: self = .nothing
        }
    }
}
