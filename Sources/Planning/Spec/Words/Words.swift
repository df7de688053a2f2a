import Groundwork

/// What installs the GPU DaemonSets: Stowage, the NVIDIA GPU Operator, or EKS Auto Mode.
package enum GPUStack: String, Word { case none, `operator`, autoMode = "auto-mode" }

/// A feature gate of Karpenter.
package enum KarpenterGate: String, Word {
    case nodeRepair = "NodeRepair", nodeOverlay = "NodeOverlay", reservedCapacity = "ReservedCapacity"
    case spotToSpotConsolidation = "SpotToSpotConsolidation", staticCapacity = "StaticCapacity"
    case capacityBuffer = "CapacityBuffer"
}

/// A gateway whose metrics are known.
package enum Gateway: String, Word {
    case istio, envoyGateway = "envoy-gateway", nginx

    /// Whether it counts requests to a Service without endpoints.
    ///
    /// Envoy Gateway answers them itself, before they are counted (envoyproxy/gateway, issues 6068 and 8288).
    var countsAtZero: Bool { self != .envoyGateway }
}

/// Whether Stowage generates the namespaces.
package enum NamespacePolicy: String, Word { case create, existing }

/// A level of the Pod Security Standards, for the label of a namespace.
package enum PodSecurity: String, Word { case privileged, baseline, restricted }

/// The GitOps controller.
package enum GitOpsEngine: String, Word { case argocd, flux }

/// Whether spot capacity may be used.
package enum SpotPolicy: String, Word { case never, allowed, only }

/// Whether weights may be quantized to fewer bits than they are published in.
package enum QuantizePolicy: String, Word { case never, allowed }

/// The scheduling priority when GPUs are scarce.
package enum Priority: String, Word { case critical, standard, bestEffort = "best-effort" }

/// A dtype of the KV cache.
package enum CacheFormat: String, Word { case bf16, fp8 }

/// The autoscaler.
package enum Autoscaler: String, Word { case keda, hpa, none }

/// The kind of an existing workload.
package enum WorkloadKind: String, Word {
    case deployment = "Deployment"
    case statefulSet = "StatefulSet"
    case leaderWorkerSet = "LeaderWorkerSet"

    /// The group and version of its API.
    package var apiVersion: String { self == .leaderWorkerSet ? "leaderworkerset.x-k8s.io/v1" : "apps/v1" }
}

/// The pod templates of a LeaderWorkerSet.
package enum GroupTemplate: String, Word { case worker = "workerTemplate", leader = "leaderTemplate" }

/// What the autoscaler scales on.
package enum Signal: String, Word {
    case concurrency, kvCache = "kv-cache", gpuUtilization = "gpu-utilization", requests
}

/// What allocates GPUs to pods.
package enum Allocation: String, Word { case devicePlugin = "device-plugin", dra }

/// How a pod requests devices of a DRA driver: by a claim of its own, or by an extended resource.
package enum ClaimForm: String, Word { case template, extendedResource = "extended-resource" }

/// What an operation of a JSON patch does.
package enum PatchOperationKind: String, Word { case add, remove, replace, move, copy, test }

/// A version of `resource.k8s.io`.
package enum ClaimAPI: String, Word {
    case v1, v1beta2, v1beta1

    /// Its row in the table of releases.
    var feature: Feature {
        switch self {
        case .v1: .claimsV1
        case .v1beta2: .claimsV1beta2
        case .v1beta1: .claimsV1beta1
        }
    }
}

/// An EBS volume type.
package enum VolumeType: String, Word { case gp3, io1, io2 }

/// An AMI family.
package enum AMIFamily: String, Word {
    case al2023, bottlerocket

    /// Its name in an EC2NodeClass.
    package var name: String { self == .al2023 ? "AL2023" : "Bottlerocket" }
}

/// What the kubelet watches to evict pods.
package enum EvictionSignal: String, Word {
    case memoryAvailable = "memory.available", nodefsAvailable = "nodefs.available", nodefsInodesFree =
        "nodefs.inodesFree"
    case imagefsAvailable = "imagefs.available", imagefsInodesFree = "imagefs.inodesFree", pidAvailable =
        "pid.available"
}

/// Whether existing nodes count in the costs.
package enum NodeCost: String, Word { case counted, none }

/// What a taint does to pods that do not tolerate it.
package enum TaintEffect: String, Word {
    case noSchedule = "NoSchedule", preferNoSchedule = "PreferNoSchedule", noExecute = "NoExecute"
}
