import Groundwork

/// What must exist before the tree is synced, in sentences.
func prerequisites(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> [ReasonedText] {
    let platform = spec.platform
    let cluster: ReasonedText = """
        EKS \(platform.kubernetes, as: "Kubernetes version") in \(platform.region, as: "region"), cluster \
        `\(platform.cluster, as: "cluster")`.
        """
    let nodes =
        (pools.contains { $0.group == nil } ? karpenter(platform) : []) + nodeGroupPrerequisites(spec, pools)
        + existingNodePrerequisites(pools)
    let software = monitoring(platform, models, pools) + autoscalers(platform, models) + gpuSoftware(platform, models)
    let places = (delivery(spec) + existingNamespaces(platform, models)).map { ReasonedText($0) }
    let objects =
        (imagePrerequisites(spec, models, pools) + authPrerequisites(platform, models)
        + models.filter { $0.workload == nil }.flatMap { requiredObjects($0.spec) }.map(\.sentence))
        .map { ReasonedText($0) } + existingWorkloadPrerequisites(models, spec)
    return [cluster] + nodes + software + places + objects
        + quotas(pools).map { "EC2 quota `\($0.name)` of at least \($0.vcpus, as: "vCPUs") vCPUs." }
}

/// Karpenter, and how it discovers the network.
private func karpenter(_ platform: PlatformSpec) -> [ReasonedText] {
    let gates = platform.karpenter.featureGates.map(\.value.rawValue)
    let declared =
        gates.isEmpty ? "" : " with the feature gate\(gates.count == 1 ? "" : "s") \(gates.joined(separator: ", "))"
    let queue = platform.karpenter.interruptionQueue.map { " Its interruption queue is `\($0.value)`." } ?? ""
    func tags(_ pairs: [(String, Traced<String>)]) -> String {
        pairs.map { "`\($0.0)=\($0.1.value)`" }.joined(separator: ", ")
    }
    let (subnets, groups) = (tags(platform.subnetTags), tags(platform.securityGroupTags))
    return [
        "Karpenter \(platform.karpenter.version, as: "Karpenter version")\(declared).\(queue)",
        subnets == groups
            ? "Subnets and security groups tagged \(subnets)."
            : "Subnets tagged \(subnets), and security groups tagged \(groups).",
    ]
}

/// Prometheus, and what it scrapes.
private func monitoring(_ platform: PlatformSpec, _ models: [Placement], _ pools: [PoolPlan]) -> [ReasonedText] {
    let days = (Thresholds.budgetPeriod.reasoned / .constant(24, "h/d")).named("days of the budget period", "d")
    let (release, address) = (platform.monitoring.release.value, platform.monitoring.serverAddress.value)
    var list: [ReasonedText] = [
        platform.monitoring.hasOperator.value
            ? """
            Prometheus Operator (release `\(release)`); Prometheus is reachable at `\(address)` and retains at least \(days) \
            days for the monthly error budget.
            """
            : """
            Prometheus, or a service with its API, reachable at `\(address)`; it retains at least \(days) days for the monthly \
            error budget, has the rules in `prometheus/*.rules.yaml`, and receives what the jobs in `prometheus/scrape.yaml` \
            scrape.
            """
    ]
    if pools.contains(where: { !$0.hardware.reservations.isEmpty && $0.group == nil }) {
        list.append(
            "Karpenter's role may call `ec2:DescribeCapacityReservations`; its feature gate ReservedCapacity, on by default, is required to use reserved nodes."
        )
    }
    if platform.monitoring.kubeStateMetrics.value { list.append("kube-state-metrics, scraped by that Prometheus.") }
    let gatewayUsers = models.filter { model in
        model.spec.sla.availability != nil || model.spec.scaling.on.contains { $0.value == .requests }
    }
    if let gateway = platform.monitoring.gateway, !gatewayUsers.isEmpty {
        list.append(ReasonedText(gatewayPrerequisite(gateway.value)))
    }
    return list
}

/// The autoscalers of the models.
private func autoscalers(_ platform: PlatformSpec, _ models: [Placement]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if models.contains(where: { $0.spec.scaling.by.value == .keda && $0.isAutoscaled }),
        let version = platform.autoscaler.keda
    {
        list.append("KEDA \(version, as: "KEDA version"); it owns the external metrics API.")
    }
    if models.contains(where: { $0.spec.scaling.by.value == .hpa && $0.isAutoscaled }) {
        list.append(
            "prometheus-adapter with the values in `helm/prometheus-adapter.values.yaml`; it serves custom.metrics.k8s.io."
        )
    }
    return list
}

/// The GPU software that is not part of the tree.
private func gpuSoftware(_ platform: PlatformSpec, _ models: [Placement]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if models.contains(where: \.usesDRA) {
        let version: ReasonedText? = platform.gpu.draDriver.map { " \($0, as: "DRA driver version")" }
        list.append(
            """
            NVIDIA DRA driver\(version ?? "") with the values in `helm/nvidia-dra-driver.values.yaml`; its kubelet plugin runs only on \
            nodes labeled `\(Names.allocationLabel)=dra`.
            """)
    }
    list += ultraServerPrerequisites(models).map { ReasonedText($0) }
    switch platform.gpu.stack.value {
    case .none: break
    case .operator:
        list.append(
            "The NVIDIA GPU Operator 26.7 or a later release with the same values, with those in `helm/gpu-operator.values.yaml`; it owns the device plugin, the DCGM exporter and the MIG manager."
        )
    case .autoMode: list.append("EKS Auto Mode, which owns the device plugin.")
    }
    return list
}

/// What syncs the tree, and what it needs to read it.
private func delivery(_ spec: ClusterSpec) -> [String] {
    guard let gitops = spec.gitops else { return [] }
    switch gitops.engine.value {
    case .argocd: return ["Argo CD in the namespace `argocd`, with access to `\(gitops.repository.value)`."]
    case .flux:
        let key = fluxSecret(gitops, spec.name).map { secret in
            "Secret `\(secret.value)` in namespace `flux-system`: "
                + "`flux create secret git \(secret.value) --url=\(gitops.repository.value)` creates it."
        }
        return ["Flux with its source and kustomize controllers in the namespace `flux-system`."]
            + (key.map { [$0] } ?? [])
    }
}

/// The namespaces that must exist already.
private func existingNamespaces(_ platform: PlatformSpec, _ models: [Placement]) -> [String] {
    guard platform.namespaces.value == .existing else {
        return namespaces(of: models.filter { $0.workload != nil }).map { "Namespace `\($0.value)`." }
    }
    let own = namespaces(of: models).map { "Namespace `\($0.value)`." }
    guard platform.gpu.stack.value == .none else { return own }
    return own + [
        "Namespace `\(platform.gpu.namespace.value)`, where pods may mount the host's devices (pod security `privileged`)."
    ]
}
