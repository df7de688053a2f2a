/// Numbers of Kubernetes, EC2 and exporters that `stowage verify` checks manifests against.
extension Thresholds {
    // MARK: Defaults

    package static let defaultGrace = Parameter(
        "default grace period", 30, "s", because: "the default of a pod",
        source: "Kubernetes API reference, terminationGracePeriodSeconds")
    package static let defaultProbePeriod = Parameter(
        "default probe period", 10, "s", because: "the default of a probe",
        source: "Kubernetes API reference, periodSeconds of a probe")
    package static let defaultProbeFailures = Parameter(
        "default probe failures", 3, "failures", because: "the default of a probe",
        source: "Kubernetes API reference, failureThreshold of a probe")
    package static let defaultSharedMemory = Parameter(
        "default shared memory", 64, "MiB", because: "the size of /dev/shm without a volume mounted there",
        source: "containerd, mounts of a container")
    package static let defaultExpiry = Parameter(
        "default expiry", 720, "h", because: "a node without `expireAfter` expires after it",
        source: "Karpenter documentation, NodePools: spec.template.spec.expireAfter")
    package static let defaultScaleUpPods = Parameter(
        "default scale-up pods", 4, "pods",
        because: "the most pods that an autoscaler without policies adds per period",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultScaleUpPercent = Parameter(
        "default scale-up percentage", 100, "%", because: "or this percentage of the current pods, if that is more",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultScaleUpPeriod = Parameter(
        "default scale-up period", 15, "s", because: "the period of both default policies",
        source: "Kubernetes documentation, Horizontal Pod Autoscaling: default behavior")
    package static let defaultExporterInterval = Parameter(
        "default exporter interval", 30, "s", because: "how often the exporter reads the GPUs by default",
        source: "dcgm-exporter pkg/cmd/app.go, DCGM_EXPORTER_INTERVAL")

    package static let defaultRootVolume = Parameter(
        "default root volume", 20, "GiB", because: "the volume of a node without block device mappings",
        source: "Karpenter documentation, NodeClasses: spec.blockDeviceMappings")
    package static let evictionShare = Parameter(
        "eviction threshold of the disk", 0.1, "ratio",
        because: "the kubelet evicts pods when less of the disk is free",
        source: "Kubernetes documentation, Node-pressure Eviction: nodefs.available<10%")
    package static let reservedDisk = Parameter(
        "reserved disk", 1, "GiB", because: "Karpenter and the AMIs of EKS reserve it for the system",
        source: "Karpenter documentation, NodeClasses: spec.kubelet, kubeReserved")
    package static let defaultUnavailable = Parameter(
        "default unavailable pods", 0.25, "ratio",
        because: "the share of pods that a rolling update may remove first, rounded down",
        source: "Kubernetes API reference, maxUnavailable of a Deployment")

    // MARK: Limits

    package static let mostClaimPods = Parameter(
        "maximum pods of a claim", 256, "pods", because: "a ResourceClaim can be reserved for at most this many pods",
        source: "k8s.io/api resource/v1 types.go, reservedFor")
    package static let longestLabel = Parameter(
        "maximum label length", 63, "characters",
        because: "the limit for a label's value and for the name of an autoscaler",
        source: "Kubernetes documentation, Object Names and IDs: RFC 1123 label names")
    package static let longestName = Parameter(
        "maximum name length", 253, "characters", because: "the limit for the name of an object",
        source: "Kubernetes documentation, Object Names and IDs: DNS subdomain names")
    package static let longestPolicyPeriod = Parameter(
        "maximum period of a scaling policy", 1800, "s",
        because: "the API server rejects periodSeconds above half an hour",
        source: "Kubernetes API reference, HPAScalingPolicy of autoscaling/v2")

    // MARK: Warnings

    package static let fewestSpotTypes = Parameter(
        "minimum spot types", 5, "types", because: "spot capacity of fewer instance types can run out at the same time",
        source: Parameter.choice)
    package static let replacingSpotTypes = Parameter(
        "spot types for a replacement", 15, "types",
        because: "Karpenter replaces a spot node with a cheaper one only if it has this many types",
        source: "Karpenter documentation, Disruption: spot consolidation")
    package static let smallestRootVolume = Parameter(
        "minimum root volume", 50, "GiB",
        because: "unpacked images and the share of a disk that the kubelet keeps free",
        source: "image storage ÷ (1 − disk reserve), rounded up to tens")
    package static let largestIdleVolume = Parameter(
        "maximum root volume with NVMe", 100, "GiB", because: "enough for the system alone",
        source: "a choice of Stowage, 25% above the size that a plan uses")
    package static let longDrain = Parameter(
        "long drain", 120, "s", because: "four times the default, and several decisions of the autoscaler",
        source: Parameter.choice)
    package static let scrapesOfRate = Parameter(
        "scrapes of a rate", 4, "scrapes", because: "a rate needs two samples, and scrapes sometimes fail",
        source: "Prometheus community practice")
    package static let preallocatedShare = Parameter(
        "preallocated memory", 0.95, "ratio", because: "vLLM's share and what CUDA allocates at startup",
        source: Parameter.choice)
    /// The minimum time for the startup of a model.
    package static let leastStart = startupPeriod.value * fewestStartupFailures.value
}
