/// The pace of autoscalers, and what they do when they are blind.
extension Thresholds {
    package static let longestStabilization = Parameter(
        "longest stabilization window", 3600, "s", because: "the API refuses stabilizationWindowSeconds above an hour",
        source: "Kubernetes API reference, HPAScalingRules of autoscaling/v2")
    package static let scaleUpShare = Parameter(
        "scale-up share", 0.25, "ratio",
        because: "a step adds as many replicas as one wave of nodes brings: four waves fill the span",
        source: Parameter.choice)
    package static let fullUtilization = Parameter(
        "full utilization", 100, "%", because: "the exporter gives the utilization of a GPU in percent",
        source: "NVIDIA DCGM field identifiers, DCGM_FI_DEV_GPU_UTIL")
    package static let fallbackShare = Parameter(
        "fallback share", 0.5, "ratio", because: "without metrics nobody knows the load, so neither end is right",
        source: Parameter.choice)
}
