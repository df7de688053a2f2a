import Groundwork

/// A value that an API server fills in, or that a controller takes where nothing is written.
struct ServerDefault {
    /// The kinds that have it; empty for all.
    let kinds: Set<String>
    /// The end of its path, in which `*` stands for an index of a list; all of the path if it begins with `/`.
    let path: [Substring]
    /// The value; `{}` for an empty mapping, `*` for any value.
    let value: String

    init(_ path: String, _ value: String, of kinds: Set<String> = []) {
        self.kinds = kinds
        self.path = path.split(separator: "/", omittingEmptySubsequences: false)
        self.value = value
    }

    /// Tells whether it is the default of a path.
    func isOf(_ steps: [String]) -> Bool {
        if path.first == "" { return matches(steps[...], path.dropFirst()) }
        return steps.count >= path.count && matches(steps.suffix(path.count), path[...])
    }

    /// Compares a path with a pattern.
    private func matches(_ steps: ArraySlice<String>, _ path: ArraySlice<Substring>) -> Bool {
        steps.count == path.count
            && zip(steps, path).allSatisfy { $1 == "*" ? $0.allSatisfy(\.isNumber) : $0 == $1 }
    }
}

extension ServerDefault {
    /// The defaults, by the last key of their paths.
    static let byKey: [Substring: [ServerDefault]] = Dictionary(grouping: all) { $0.path.last ?? "" }

    // Read from `SetDefaults_*` of Kubernetes 1.36, and from the schemas of Karpenter 1.14 and KEDA 2.20.
    private static let all: [ServerDefault] = pods + probes + workloads + services + others

    private static let pods: [ServerDefault] = [
        ServerDefault("spec/restartPolicy", "Always"), ServerDefault("spec/dnsPolicy", "ClusterFirst"),
        ServerDefault("spec/schedulerName", "default-scheduler"),
        ServerDefault("spec/securityContext", "{}"), ServerDefault("spec/terminationGracePeriodSeconds", "30"),
        ServerDefault("spec/enableServiceLinks", "true"),
        ServerDefault("terminationMessagePath", "/dev/termination-log"),
        ServerDefault("terminationMessagePolicy", "File"),
        ServerDefault("containers/*/resources", "{}"), ServerDefault("initContainers/*/resources", "{}"),
        ServerDefault("ports/*/protocol", "TCP"), ServerDefault("httpGet/scheme", "HTTP"),
        ServerDefault("fieldRef/apiVersion", "v1"), ServerDefault("configMap/defaultMode", "420"),
        ServerDefault("secret/defaultMode", "420"), ServerDefault("projected/defaultMode", "420"),
        ServerDefault("downwardAPI/defaultMode", "420"), ServerDefault("hostPath/type", ""),
        ServerDefault("template/metadata/creationTimestamp", "*"),
        ServerDefault("tolerations/*/operator", "Equal"),
    ]

    private static let probes: [ServerDefault] = ["startupProbe", "readinessProbe", "livenessProbe"]
        .flatMap { (probe: String) -> [ServerDefault] in
            [
                ServerDefault("\(probe)/successThreshold", "1"), ServerDefault("\(probe)/failureThreshold", "3"),
                ServerDefault("\(probe)/timeoutSeconds", "1"), ServerDefault("\(probe)/periodSeconds", "10"),
                ServerDefault("\(probe)/initialDelaySeconds", "0"),
            ]
        }

    private static let workloads: [ServerDefault] = [
        ServerDefault("/spec/revisionHistoryLimit", "10"),
        ServerDefault("/spec/progressDeadlineSeconds", "600", of: ["Deployment"]),
        ServerDefault("/spec/strategy/type", "RollingUpdate", of: ["Deployment"]),
        ServerDefault("/spec/strategy/rollingUpdate/maxSurge", "25%", of: ["Deployment"]),
        ServerDefault("/spec/strategy/rollingUpdate/maxUnavailable", "25%", of: ["Deployment"]),
        ServerDefault("/spec/updateStrategy/type", "RollingUpdate"),
        ServerDefault("/spec/updateStrategy/rollingUpdate/maxSurge", "0", of: ["DaemonSet"]),
        ServerDefault("/spec/updateStrategy/rollingUpdate/maxUnavailable", "1", of: ["DaemonSet"]),
        ServerDefault("/spec/updateStrategy/rollingUpdate/partition", "0", of: ["StatefulSet"]),
        ServerDefault("/spec/podManagementPolicy", "OrderedReady", of: ["StatefulSet"]),
        ServerDefault("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted", "Retain", of: ["StatefulSet"]),
        ServerDefault("/spec/persistentVolumeClaimRetentionPolicy/whenScaled", "Retain", of: ["StatefulSet"]),
    ]

    private static let services: [ServerDefault] = [
        ServerDefault("/spec/type", "ClusterIP", of: ["Service"]),
        ServerDefault("/spec/clusterIPs", "*", of: ["Service"]),
        ServerDefault("/spec/ipFamilies", "*", of: ["Service"]),
        ServerDefault("/spec/ipFamilyPolicy", "*", of: ["Service"]),
        ServerDefault("/spec/internalTrafficPolicy", "Cluster", of: ["Service"]),
        ServerDefault("/spec/sessionAffinity", "None", of: ["Service"]),
        ServerDefault("/spec/ports/*/nodePort", "*", of: ["Service"]),
    ]

    private static let others: [ServerDefault] = [
        ServerDefault("/globalDefault", "false", of: ["PriorityClass"]),
        ServerDefault("/preemptionPolicy", "PreemptLowerPriority", of: ["PriorityClass"]),
        ServerDefault("/spec/finalizers/*", "kubernetes", of: ["Namespace"]),
        ServerDefault("/spec/metadataOptions/httpProtocolIPv6", "disabled", of: ["EC2NodeClass"]),
        ServerDefault("/spec/metadataOptions/httpEndpoint", "enabled", of: ["EC2NodeClass"]),
        ServerDefault("/spec/metadataOptions/httpTokens", "required", of: ["EC2NodeClass"]),
        ServerDefault("/spec/metadataOptions/httpPutResponseHopLimit", "1", of: ["EC2NodeClass"]),
        ServerDefault("/spec/disruption/consolidationPolicy", "WhenEmptyOrUnderutilized", of: ["NodePool"]),
        ServerDefault("/spec/disruption/budgets/*/nodes", "10%", of: ["NodePool"]),
        ServerDefault("/spec/template/spec/expireAfter", "720h", of: ["NodePool"]),
        ServerDefault("/spec/metadata", "{}", of: ["ResourceClaimTemplate"]),
        ServerDefault("exactly/allocationMode", "ExactCount"), ServerDefault("exactly/count", "1"),
        ServerDefault("/spec/pollingInterval", "30", of: ["ScaledObject"]),
        ServerDefault("/spec/cooldownPeriod", "300", of: ["ScaledObject"]),
        ServerDefault("/spec/scaleTargetRef/apiVersion", "apps/v1", of: ["ScaledObject"]),
        ServerDefault("/spec/scaleTargetRef/kind", "Deployment", of: ["ScaledObject"]),
        ServerDefault("roleRef/apiGroup", "rbac.authorization.k8s.io"),
        ServerDefault("subjects/*/apiGroup", "rbac.authorization.k8s.io"),
        ServerDefault("rules/*/backendRefs/*/weight", "1"), ServerDefault("backendRefs/*/group", ""),
        ServerDefault("backendRefs/*/kind", "Service"),
    ]
}
