/// Numbers of Kubernetes, EC2 and exporters that a tree of manifests is judged by, whoever wrote it.
extension Thresholds {
    // MARK: What holds where nothing is written

    package static let defaultGrace = Parameter(
        "default grace period", 30, "s", because: "what a pod gets that asks for none",
        source: "Kubernetes API reference, terminationGracePeriodSeconds")
    package static let defaultProbePeriod = Parameter(
        "default probe period", 10, "s", because: "what a probe has that names none",
        source: "Kubernetes API reference, periodSeconds of a probe")
    package static let defaultProbeFailures = Parameter(
        "default probe failures", 3, "failures", because: "what a probe has that names none",
        source: "Kubernetes API reference, failureThreshold of a probe")
    package static let defaultSharedMemory = Parameter(
        "default shared memory", 64, "MiB", because: "the size of /dev/shm where no volume is mounted there",
        source: "containerd, mounts of a container")
    package static let defaultExpiry = Parameter(
        "default expiry", 720, "h", because: "a node without `expireAfter` is forced out after it",
        source: "Karpenter documentation, NodePools: spec.template.spec.expireAfter")
    package static let defaultScaleUpPods = Parameter(
        "default scale-up pods", 4, "pods", because: "an autoscaler without policies adds as many in each period",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultScaleUpPercent = Parameter(
        "default scale-up percentage", 100, "%", because: "or as many in hundredths of what runs, if that is more",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultScaleUpPeriod = Parameter(
        "default scale-up period", 15, "s", because: "the period of both",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultExporterInterval = Parameter(
        "default exporter interval", 30, "s", because: "how often the exporter reads the GPUs unless it is told",
        source: "dcgm-exporter pkg/cmd/app.go, DCGM_EXPORTER_INTERVAL")

    // MARK: What is refused beyond

    package static let mostClaimPods = Parameter(
        "most pods of a claim", 256, "pods", because: "a ResourceClaim is reserved for no more at a time",
        source: "k8s.io/api resource/v1 types.go, reservedFor")
    package static let longestLabel = Parameter(
        "longest label", 63, "characters", because: "a label's value, and the name of an autoscaler, is no longer",
        source: "Kubernetes documentation, Object Names and IDs: RFC 1123 label names")
    package static let longestName = Parameter(
        "longest name", 253, "characters", because: "the name of an object is no longer",
        source: "Kubernetes documentation, Object Names and IDs: DNS subdomain names")
    package static let longestPolicyPeriod = Parameter(
        "longest period of a scaling policy", 1800, "s", because: "the API refuses periodSeconds above half an hour",
        source: "Kubernetes API reference, HPAScalingPolicy of autoscaling/v2")

    // MARK: What is warned of

    package static let fewestSpotTypes = Parameter(
        "fewest spot types", 5, "types", because: "spot capacity of fewer instance types runs out together",
        source: Parameter.choice)
    package static let replacingSpotTypes = Parameter(
        "spot types for a replacement", 15, "types",
        because: "Karpenter replaces a spot node by a cheaper one only among as many",
        source: "Karpenter documentation, Disruption: spot consolidation")
    package static let smallestRootVolume = Parameter(
        "smallest root volume", 50, "GiB",
        because: "images unpacked beside the share of a disk that the kubelet keeps free",
        source: "image storage over one less disk reserve, rounded up to tens")
    package static let largestIdleVolume = Parameter(
        "largest root volume beside NVMe", 100, "GiB", because: "the system alone needs no more",
        source: "a choice of Stowage, a quarter above what a plan gives")
    package static let scrapesOfRate = Parameter(
        "scrapes of a rate", 4, "scrapes", because: "a rate needs two samples, and scrapes fail now and then",
        source: "Prometheus community practice")
    package static let preallocatedShare = Parameter(
        "preallocated memory", 0.95, "ratio", because: "vLLM's own share and what CUDA takes beside it from the start",
        source: Parameter.choice)
    /// The least that the start of a model is given.
    package static let leastStart = startupPeriod.value * fewestStartupFailures.value
}
