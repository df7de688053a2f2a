/// The speed of autoscalers, and their fallback without metrics.
extension Thresholds {
    package static let longestStabilization = Parameter(
        "maximum stabilization window", 3600, "s",
        because: "the API server rejects stabilizationWindowSeconds above an hour",
        source: "Kubernetes API reference, HPAScalingRules of autoscaling/v2")
    package static let scaleUpShare = Parameter(
        "scale-up share", 0.25, "ratio",
        because:
            "a step adds as many replicas as one wave of nodes: four waves cover the range from minimum to maximum",
        source: Parameter.choice)
    package static let scaleUpWindow = Parameter(
        "scale-up window", 30, "s",
        because: "one reading above a threshold of a few requests may be chance: two in a row, 15 s apart, are rarely",
        source: Parameter.choice)
    package static let scaleUpWindowOfBatch = Parameter(
        "scale-up window without a latency target", 120, "s",
        because: "requests may wait: a load that lasts no longer than this is gone before a new replica is ready",
        source: Parameter.choice)
    package static let loadDeviations = Parameter(
        "standard deviations of the load", 2, "times",
        because: "requests that arrive at random leave this range in 5% of the readings", source: Parameter.choice)
    package static let fullUtilization = Parameter(
        "full utilization", 100, "%", because: "the exporter reports the utilization of a GPU in percent",
        source: "NVIDIA DCGM field identifiers, DCGM_FI_DEV_GPU_UTIL")
    package static let startFactor = Parameter(
        "nodes for a slow start", 2, "times",
        because: "a cold start that multiplies the nodes of the minimum by this costs more than all that they serve",
        source: Parameter.choice)
    package static let fallbackShare = Parameter(
        "fallback share", 0.5, "ratio",
        because: "without metrics the load is unknown, so neither the minimum nor the maximum is right",
        source: Parameter.choice)
}
