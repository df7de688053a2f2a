/// The pace of autoscalers, and what they do when they are blind.
extension Thresholds {
    package static let longestStabilization = Threshold(
        "longest stabilization window", 3600, "s", because: "the API refuses stabilizationWindowSeconds above an hour",
        source: "Kubernetes API reference, HPAScalingRules of autoscaling/v2")
    package static let scaleUpShare = Threshold(
        "scale-up share", 0.25, "ratio",
        because: "a step adds as many replicas as one wave of nodes brings: four waves fill the span",
        source: "assumption")
    package static let fullUtilization = Threshold(
        "full utilization", 100, "%", because: "the exporter gives the utilization of a GPU in percent",
        source: "NVIDIA DCGM field identifiers, DCGM_FI_DEV_GPU_UTIL")
    package static let fallbackShare = Threshold(
        "fallback share", 0.5, "ratio", because: "without metrics nobody knows the load, so neither end is right",
        source: "assumption")
}
