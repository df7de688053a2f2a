/// The conditions of a HorizontalPodAutoscaler, as the last reconcile left them.
package struct HPAConditions: Sendable, Hashable {
    /// The status and reason of a condition.
    package struct Condition: Sendable, Hashable {
        package let isTrue: Bool
        package let reason: Reason

        init(_ isTrue: Bool, _ reason: Reason) {
            self.isTrue = isTrue
            self.reason = reason
        }
    }

    /// The reasons as Kubernetes writes them.
    package enum Reason: String, Sendable {
        case succeededGetScale = "SucceededGetScale"
        case failedGetScale = "FailedGetScale"
        case readyForNewScale = "ReadyForNewScale"
        case scaleUpStabilized = "ScaleUpStabilized"
        case scaleDownStabilized = "ScaleDownStabilized"
        case succeededRescale = "SucceededRescale"
        case failedUpdateScale = "FailedUpdateScale"
        case scalingDisabled = "ScalingDisabled"
        case validMetricFound = "ValidMetricFound"
        case invalidSelector = "InvalidSelector"
        case ambiguousSelector = "AmbiguousSelector"
        case failedGetExternalMetric = "FailedGetExternalMetric"
        case failedGetObjectMetric = "FailedGetObjectMetric"
        case failedGetPodsMetric = "FailedGetPodsMetric"
        case failedGetResourceMetric = "FailedGetResourceMetric"
        case failedGetContainerResourceMetric = "FailedGetContainerResourceMetric"
        case desiredWithinRange = "DesiredWithinRange"
        case scaleUpLimit = "ScaleUpLimit"
        case scaleDownLimit = "ScaleDownLimit"
        case tooManyReplicas = "TooManyReplicas"
        case tooFewReplicas = "TooFewReplicas"
    }

    package internal(set) var ableToScale: Condition?
    package internal(set) var scalingActive: Condition?
    package internal(set) var scalingLimited: Condition?
    /// Whether `ScaledToZero` is true.
    package internal(set) var isScaledToZero = false
}

extension HPAMetric.Kind {
    /// The reason that `ScalingActive` is false when it cannot be read.
    var failure: HPAConditions.Reason {
        switch self {
        case .external: .failedGetExternalMetric
        case .object: .failedGetObjectMetric
        case .pods: .failedGetPodsMetric
        case .resource: .failedGetResourceMetric
        case .containerResource: .failedGetContainerResourceMetric
        }
    }
}
