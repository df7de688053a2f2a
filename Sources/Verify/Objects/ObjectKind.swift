/// A kind of object in any version.
struct ObjectKind: Hashable, Sendable {
    let group: String
    let name: String

    init(_ group: String, _ name: String) {
        self.group = group
        self.name = name
    }

    init(apiVersion: String, _ name: String) {
        let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/"))
        self.init(slash.map { String(apiVersion[..<$0]) } ?? "", name)
    }

    // Kinds with the same name in several groups are rare.
    func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// The kinds that rules use.
extension ObjectKind {
    static let clusterConfig = Self("eksctl.io", "ClusterConfig")
    static let clusterRole = Self("rbac.authorization.k8s.io", "ClusterRole")
    static let clusterRoleBinding = Self("rbac.authorization.k8s.io", "ClusterRoleBinding")
    static let clusterTriggerAuthentication = Self("keda.sh", "ClusterTriggerAuthentication")
    static let computeDomain = Self("resource.nvidia.com", "ComputeDomain")
    static let prometheus = Self("monitoring.coreos.com", "Prometheus")
    static let configMap = Self("", "ConfigMap")
    static let cronJob = Self("batch", "CronJob")
    static let daemonSet = Self("apps", "DaemonSet")
    static let deployment = Self("apps", "Deployment")
    static let deviceClass = Self("resource.k8s.io", "DeviceClass")
    static let horizontalPodAutoscaler = Self("autoscaling", "HorizontalPodAutoscaler")
    static let inferenceService = Self("serving.kserve.io", "InferenceService")
    static let job = Self("batch", "Job")
    static let namespace = Self("", "Namespace")
    static let networkPolicy = Self("networking.k8s.io", "NetworkPolicy")
    static let nodeClass = Self("karpenter.k8s.aws", "EC2NodeClass")
    static let nodeOverlay = Self("karpenter.sh", "NodeOverlay")
    static let nodePool = Self("karpenter.sh", "NodePool")
    static let pod = Self("", "Pod")
    static let podDisruptionBudget = Self("policy", "PodDisruptionBudget")
    static let podMonitor = Self("monitoring.coreos.com", "PodMonitor")
    static let priorityClass = Self("scheduling.k8s.io", "PriorityClass")
    static let prometheusRule = Self("monitoring.coreos.com", "PrometheusRule")
    static let replicaSet = Self("apps", "ReplicaSet")
    static let resourceClaim = Self("resource.k8s.io", "ResourceClaim")
    static let resourceClaimTemplate = Self("resource.k8s.io", "ResourceClaimTemplate")
    static let role = Self("rbac.authorization.k8s.io", "Role")
    static let roleBinding = Self("rbac.authorization.k8s.io", "RoleBinding")
    static let rollout = Self("argoproj.io", "Rollout")
    static let scaledJob = Self("keda.sh", "ScaledJob")
    static let scaledObject = Self("keda.sh", "ScaledObject")
    static let service = Self("", "Service")
    static let serviceAccount = Self("", "ServiceAccount")
    static let serviceMonitor = Self("monitoring.coreos.com", "ServiceMonitor")
    static let statefulSet = Self("apps", "StatefulSet")
    static let triggerAuthentication = Self("keda.sh", "TriggerAuthentication")

    /// The cluster-scoped kinds that occur in trees of manifests.
    static let clusterScoped: Set<Self> = [
        clusterRole, clusterRoleBinding, clusterTriggerAuthentication, deviceClass, namespace, nodeClass, nodeOverlay,
        nodePool, priorityClass, Self("", "PersistentVolume"), Self("storage.k8s.io", "StorageClass"),
        Self("apiextensions.k8s.io", "CustomResourceDefinition"), Self("apiregistration.k8s.io", "APIService"),
        Self("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        Self("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        Self("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
        Self("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"), Self("nvidia.com", "ClusterPolicy"),
    ]

    /// Whether its objects are cluster-scoped.
    var isClusterScoped: Bool { Self.clusterScoped.contains(self) }
}
