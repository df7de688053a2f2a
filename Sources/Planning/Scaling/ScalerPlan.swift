import Groundwork

/// How one Deployment is autoscaled: by KEDA or by a plain HorizontalPodAutoscaler, never both.
package struct ScalerPlan: Sendable {
    package let autoscaler: Autoscaler
    package let name: Traced<String>
    /// The resulting HorizontalPodAutoscaler: KEDA names its own.
    package let autoscalerName: String
    package let minReplicas: Traced<Int>
    package let maxReplicas: Traced<Int>
    package let triggers: [TriggerPlan]
    /// Scheduled minimums; only with KEDA.
    package let scheduledMinimums: [ScheduledMinimum]
    /// The existing HorizontalPodAutoscaler that KEDA adopts.
    package let adopted: Traced<String>?
    /// How far above the target a load may be before a replica is added; from Kubernetes 1.35.
    package let toleranceUp: Traced<String>?
    /// How far below the target a load may be before a replica is removed; from Kubernetes 1.35.
    package let toleranceDown: Traced<String>?
    /// How long a load must be above the target before a replica is added, seconds.
    package let stabilizationUp: Traced<Int>
    package let stabilizationDown: Traced<Int>
    package let podsPerStep: Traced<Int>
    package let secondsPerStep: Traced<Int>
    package let percentDown: Traced<Int>
    package let secondsDown: Traced<Int>
    package let fallbackReplicas: Traced<Int>
    /// Only if KEDA itself scales to and from zero.
    package let cooldown: Traced<Int>?
    package let pollingInterval: Traced<Int>?
}

/// One signal of an autoscaler.
package struct TriggerPlan: Sendable {
    package let signal: Signal
    package let name: String
    package let query: Traced<String>
    /// The target load per replica, in the signal's unit.
    package let target: Reasoned
    package var targetText: Traced<String> {
        let text: ReasonedText = "\(target)"
        return text.because("the HPA divides the load of all replicas by it")
    }
    /// The same as a Kubernetes quantity.
    package var targetQuantity: Traced<String> {
        let text: ReasonedText = "\(target, .quantity)"
        return text.because("the HPA divides the load of all replicas by it")
    }
}
