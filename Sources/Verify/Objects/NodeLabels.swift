/// The name of a label as Karpenter normalizes it: EKS Auto Mode has its labels under another domain, and Kubernetes had
/// others before 1.17.
func nodeLabel(_ key: String) -> String {
    let prefix = "eks.amazonaws.com/instance-"
    if key.hasPrefix(prefix) { return "karpenter.k8s.aws/instance-" + key.dropFirst(prefix.count) }
    return formerNodeLabels[key] ?? key
}

private let formerNodeLabels = [
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
]

/// The labels that Karpenter derives from the instance type, without their domain.
let instanceLabels: Set = [
    "instance-category", "instance-family", "instance-generation", "instance-size", "instance-cpu",
    "instance-cpu-manufacturer", "instance-cpu-sustained-clock-speed-mhz", "instance-memory",
    "instance-ebs-bandwidth", "instance-network-bandwidth", "instance-local-nvme", "instance-hypervisor",
    "instance-encryption-in-transit-supported", "instance-gpu-name", "instance-gpu-manufacturer",
    "instance-gpu-count", "instance-gpu-memory", "instance-accelerator-name", "instance-accelerator-manufacturer",
    "instance-accelerator-count", "instance-capability-flex", "instance-tenancy",
]
