/// Volumes of nodes and their prices, and what the kubelet reserves.
extension Thresholds {
    package static let rootVolume = Parameter(
        "root volume", 300, "GiB", because: "images, caches and downloaded weights if a type has no NVMe",
        source: Parameter.choice)
    package static let rootVolumeBesideNVMe = Parameter(
        "root volume", 80, "GiB", because: "only the system: images and caches are on NVMe", source: Parameter.choice)
    package static let bottlerocketVolume = Parameter(
        "Bottlerocket volume", 4, "GiB", because: "the size that Karpenter gives the volume of Bottlerocket's system",
        source: "Karpenter AWS provider v1.14, pkg/providers/amifamily/bottlerocket.go")
    package static let volumePrice = Parameter(
        "gp3 price", 0.08, "$/GiB/month", because: "root volumes", source: "EBS pricing, us-east-1")
    package static let gp3IOPS = Parameter(
        "IOPS of gp3", 3000, "IOPS", because: "included in its price", source: "EBS documentation, volume types")
    package static let gp3Throughput = Parameter(
        "throughput of gp3", 125, "MiB/s", because: "included in its price", source: "EBS documentation, volume types")
    package static let gp3IOPSPrice = Parameter(
        "price of further IOPS of gp3", 0.005, "$/IOPS/month", because: "root volumes", source: "EBS pricing, us-east-1"
    )
    package static let gp3ThroughputPrice = Parameter(
        "price of further throughput of gp3", 0.04, "$·s/MiB/month", because: "root volumes",
        source: "EBS pricing, us-east-1")
    package static let provisionedVolumePrice = Parameter(
        "io1 and io2 price", 0.125, "$/GiB/month", because: "root volumes", source: "EBS pricing, us-east-1")
    package static let provisionedIOPSPrice = Parameter(
        "price of IOPS of io1 and io2", 0.065, "$/IOPS/month", because: "root volumes, up to 32,000 IOPS",
        source: "EBS pricing, us-east-1")
    package static let mostGP3IOPS = Parameter(
        "maximum IOPS of gp3", 80_000, "IOPS", because: "limit of the type", source: "EBS documentation, volume types")
    package static let gp3IOPSPerGiB = Parameter(
        "maximum IOPS of gp3 per GiB", 500, "IOPS/GiB", because: "limit of the type",
        source: "EBS documentation, volume types")
    package static let gp3ThroughputPerIOPS = Parameter(
        "maximum throughput of gp3 per IOPS", 0.25, "MiB/s", because: "limit of the type",
        source: "EBS documentation, volume types")
    package static let kubeletMemoryPerPod = Parameter(
        "memory reserved per pod", 11, "MiB", because: "kubelet and container runtime",
        source: "Karpenter AWS provider v1.14, pkg/providers/instancetype/types.go")
    package static let kubeletMemory = Parameter(
        "memory reserved for the kubelet", 255, "MiB", because: "kubelet and container runtime",
        source: "Karpenter AWS provider v1.14, pkg/providers/instancetype/types.go")
    package static let evictionMemory = Parameter(
        "eviction threshold of memory", 100, "MiB", because: "the kubelet's default of memory.available",
        source: "Kubernetes documentation, Node-pressure Eviction")
    package static let hypervisorMemory = Parameter(
        "memory of the hypervisor", 0.075, "ratio", because: "Karpenter's vmMemoryOverheadPercent",
        source: "Karpenter documentation, Settings")
    package static let mostTags = Parameter(
        "maximum tags", 40, "tags",
        because: "EC2 allows 50 on an instance, and Karpenter, EKS and Stowage set up to ten",
        source: "EC2 documentation, tag restrictions")
    package static let daemonPods = Parameter(
        "daemon pods", 10, "pods",
        because: "pods of DaemonSets on one node: CNI, kube-proxy, CSI, plugins, exporters, logs",
        source: Parameter.choice)
}
