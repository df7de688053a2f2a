/// What must be there before the tree is synced, in sentences.
func prerequisites(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan]) -> [String] {
    let platform = spec.platform
    var list = [
        "EKS \(platform.kubernetes.value.text) in \(platform.region.value), cluster `\(platform.cluster.value)`."
    ]
    let karpenter = [
        "Karpenter \(platform.karpenter.version.value.text)"
            + (platform.karpenter.featureGates.isEmpty
                ? "."
                : " with the feature gate\(platform.karpenter.featureGates.count == 1 ? "" : "s") \(platform.karpenter.featureGates.map(\.value.rawValue).joined(separator: ", ")).")
            + (platform.karpenter.interruptionQueue.map { " Its interruption queue is `\($0.value)`." } ?? ""),
        "Subnets and security groups tagged \(platform.subnetTags.map { "`\($0.0)=\($0.1.value)`" }.joined(separator: ", ")).",
    ]
    list += (pools.contains { $0.group == nil } ? karpenter : []) + nodeGroupPrerequisites(spec, pools)
    list += [
        "Prometheus Operator (release `\(platform.monitoring.release.value)`); Prometheus answers at "
            + "`\(platform.monitoring.serverAddress.value)` and keeps at least 30 days for the monthly error budget."
    ]
    if pools.contains(where: { !$0.reservations.isEmpty && $0.group == nil }) {
        list.append(
            "Karpenter's role may call `ec2:DescribeCapacityReservations`; without its gate ReservedCapacity, which is on unless turned off, it takes no reserved node."
        )
    }
    if platform.monitoring.kubeStateMetrics.value { list.append("kube-state-metrics, scraped by that Prometheus.") }
    let gatewayUsers = models.filter { model in
        model.spec.sla.availability != nil || model.spec.scaling.on.contains { $0.value == .requests }
    }
    if let gateway = platform.monitoring.gateway, !gatewayUsers.isEmpty {
        list.append(gatewayPrerequisite(gateway.value))
    }
    if models.contains(where: { $0.spec.scaling.by.value == .keda && $0.isAutoscaled }),
        let version = platform.autoscaler.keda
    {
        list.append("KEDA \(version.value.text); it owns the external metrics API.")
    }
    if models.contains(where: { $0.spec.scaling.by.value == .hpa && $0.isAutoscaled }) {
        list.append(
            "prometheus-adapter with the values in `helm/prometheus-adapter.values.yaml`; it serves custom.metrics.k8s.io."
        )
    }
    if models.contains(where: \.usesDRA) {
        list.append(
            "NVIDIA DRA driver \(platform.gpu.draDriver?.value.text ?? "") with the values in `helm/nvidia-dra-driver.values.yaml`; "
                + "its kubelet plugin runs only on nodes labelled `\(Names.allocationLabel)=dra`.")
    }
    list += ultraServerPrerequisites(models)
    switch platform.gpu.stack.value {
    case .none: break
    case .operator:
        list.append(
            "The NVIDIA GPU Operator with the values in `helm/gpu-operator.values.yaml`; it owns device plugin, DCGM exporter and MIG manager."
        )
    case .autoMode: list.append("EKS Auto Mode, which owns the device plugin.")
    }
    list += delivery(spec) + existingNamespaces(platform)
    for model in models {
        if let secret = model.spec.weights.tokenSecret {
            list.append(
                "Secret `\(secret.value)` in namespace `\(platform.namespace.value)` with the key `token`, for \(model.name)."
            )
        }
        if case .persistentVolumeClaim(let claim) = model.spec.weights.from.value {
            list.append(
                "PersistentVolumeClaim `\(claim)` in namespace `\(platform.namespace.value)`, readable by many nodes, for \(model.name)."
            )
        }
    }
    return list + quotas(pools).map { "EC2 quota `\($0.name)` of at least \($0.vcpus.value) vCPUs." }
}

/// Who syncs the tree, and what it needs to read it.
private func delivery(_ spec: ClusterSpec) -> [String] {
    guard let gitops = spec.gitops else { return [] }
    switch gitops.engine.value {
    case .argocd: return ["Argo CD in the namespace `argocd`, with access to `\(gitops.repository.value)`."]
    case .flux:
        let key = fluxSecret(gitops, spec.name).map { secret in
            "Secret `\(secret.value)` in namespace `flux-system`: "
                + "`flux create secret git \(secret.value) --url=\(gitops.repository.value)` makes it."
        }
        return ["Flux with its source and kustomize controllers in the namespace `flux-system`."]
            + (key.map { [$0] } ?? [])
    }
}

/// The namespaces that are to exist already.
private func existingNamespaces(_ platform: PlatformSpec) -> [String] {
    guard platform.namespaces.value == .existing else { return [] }
    let models = "Namespace `\(platform.namespace.value)`."
    guard platform.gpu.stack.value == .none else { return [models] }
    return [
        models,
        "Namespace `\(platform.gpu.namespace.value)`, where pods may mount the host's devices (pod security `privileged`).",
    ]
}

/// What the plan takes for granted, in sentences.
func assumptions(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ money: MoneyPlan) -> [String] {
    var list = [
        "Latencies are modelled from published measurements, which hold one mean or median per run: a promised percentile rests on the "
            + "margin that `explain` shows, not on a measured tail.",
        "Where `coldStart` says nothing, it takes \(PromQL.number(Thresholds.nodeLaunch.value)) s for a node, "
            + "\(PromQL.number(Thresholds.imagePull.value)) s for the image and \(PromQL.number(Thresholds.warmUp.value)) s to warm up; "
            + "weights are read at \(PromQL.number(Thresholds.objectStorageSpeed.value)) GiB/s from S3, "
            + "\(PromQL.number(Thresholds.volumeSpeed.value)) from a volume, \(PromQL.number(Thresholds.hubSpeed.value)) from Hugging Face and "
            + "\(PromQL.number(Thresholds.imageSpeed.value)) as an image.",
        "Requests arrive at random. Where `ramp` says nothing, traffic takes \(PromQL.number(Thresholds.ramp.value / 60)) minutes from steady to peak.",
        "Not in the cost: traffic, EKS, NAT, load balancers, object storage, and nodes that Karpenter starts beyond a limit for a moment.",
        spec.platform.spotDiscount.map {
            "Spot is expected to cost \(percent($0.value)) less than on demand, and counted at the on-demand price in the worst case."
        } ?? "Spot is counted at the on-demand price: `platform.spotDiscount` says otherwise for the expected cost.",
        "The expected cost takes traffic to be steady, and in business hours half way to the peak; peaks outside them are not in it.",
    ]
    if !money.borrowed.isEmpty {
        list.append(
            "Prices of \(money.borrowed.joined(separator: ", ")) are those of \(PriceList.home): none are known for "
                + "\(spec.platform.region.value). Give them under `platform.prices`.")
    }
    let region = spec.platform.region.value
    let unsure = unique(
        models.map(\.shape.type).filter { if case .unknown = $0.offering(in: region) { true } else { false } }.map(
            \.name))
    if !unsure.isEmpty {
        list.append("Whether \(region) offers \(unsure.joined(separator: ", ")) is not known to the catalog.")
    }
    for model in models where !model.shape.accelerator.gpu.isMeasured && model.spec.measured == nil {
        list.append(
            "No serving measurements are known for \(model.shape.accelerator.gpu.id) (\(model.name)): its band is wider."
        )
    }
    for model in models where model.shape.workload.isMixture && model.spec.measured == nil {
        guard !FittedThresholds.fittedMixtures.contains(model.spec.source.value) else { continue }
        list.append(
            "No run of \(model.spec.source.value) is behind the figures of \(model.name), and mixtures of experts differ: one run in five of a mixture "
                + "that the fit never saw was slower than promised. Measure it, and write what you find under `measured`."
        )
    }
    if pools.contains(where: { $0.group == nil }) {
        list.append(
            "A pool whose limit is used up starts no replacement for a drifted node: after a change of AMI its nodes are replaced when "
                + "a replica goes, or when somebody deletes them.")
    }
    for model in models where model.usesSpot {
        list.append(
            "The surge of \(model.name) goes to an elastic pool of its GPU where that has room, else to spot; without either it stays at its minimum."
        )
    }
    for pool in pools {
        guard let group = pool.group else { continue }
        if pool.types.contains(where: \.isUltraServer) { continue }
        list.append(
            "An update of `\(group.name.value)` starts nodes beyond its size while it lasts; they are not in the cost"
                + (pool.staticNodes == nil
                    ? ", and the rate of spending counts all its \(group.maxNodes.value) nodes at all times." : "."))
    }
    list += models.flatMap { windowsLeftOut($0, spec).map(\.text) }
    for model in models where DomainPlan(model) != nil {
        list.append(
            "Replicas of \(model.name) reach each other's GPUs over NVLink where their nodes are of one UltraServer; a replica never spans nodes, "
                + "and nothing of this is in its operating point.")
    }
    for model in models where model.sleeps {
        list.append(
            "\(model.name) sleeps while nobody asks: the first requests after that fail for about \(model.point.coldStart.total.value) s, "
                + "and the expected cost counts its nodes as if it never slept.")
    }
    for model in models where model.sharesClaim {
        list.append(
            "All pods of `\(sharedClaimName(model).value)` stay on one node as long as one of them runs: a drifted node is replaced only "
                + "when its grace of \(Int(Thresholds.nodeGrace.value)) min is over (\(model.name)).")
    }
    if models.contains(where: \.usesDRA) {
        list.append("The scheduler does not preempt for claimed GPUs: priorities do not help models on DRA.")
    }
    return list
}
