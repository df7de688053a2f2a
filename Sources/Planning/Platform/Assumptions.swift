import Groundwork

/// The assumptions of the plan, in sentences.
func assumptions(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ prices: PriceList)
    -> [ReasonedText]
{
    let times =
        (models.contains(where: \.hasModelledLatency) ? [latencyAssumption] : []) + [
            trafficAssumption
        ]
    let hardware =
        hardwareAssumptions(spec, models) + models.compactMap(moeAssumption)
        + models.compactMap(speculationAssumption) + models.compactMap(poolingAssumption)
        + models.compactMap(imageAssumption)
    let windows = models.flatMap { windowsLeftOut($0, spec) }
    return times + costAssumptions(pools, prices) + [expectedNodes(spec, pools)] + hardware
        + poolAssumptions(models, pools) + existingNodeAssumptions(pools) + windows
        + models.flatMap { modelAssumptions($0, spec, pools) }
        + models.compactMap(rootAssumption) + claimAssumptions(models)
}

/// Why the pods of a model run as root; nil if they do not.
private func rootAssumption(_ model: Placement) -> ReasonedText? {
    planUser(model).rootReason.map { reason in
        "The pods of \(model.name) run as root and meet the Pod Security level `baseline`: \(reason)."
    }
}

private let latencyAssumption: ReasonedText = """
    Latencies are modeled from published measurements, which give one mean or median per run: a percentile rests on the \
    margin that `explain` shows, not on a measured tail.
    """

private let trafficAssumption: ReasonedText = "Requests arrive at random."

/// The nodes in the expected cost.
private func expectedNodes(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> ReasonedText {
    let share = (Assumptions.busySurge.reasoned * 100).named("share of the surge in business hours", "%")
    var parts: [ReasonedText] = ["the minimum replicas"]
    if spec.businessHours != nil { parts.append("in business hours also for \(share, .rounded(0))% of the surge") }
    if spec.models.contains(where: { !$0.scaling.schedule.isEmpty }) {
        parts.append("in the windows of a schedule at least for its minimum")
    }
    if spec.models.contains(where: { $0.headroom != nil }) { parts.append("and for headroom") }
    let further = pools.contains { $0.size.staticNodes != nil } ? " Static nodes always count." : ""
    return
        "The expected cost includes nodes for \(parts.joined(separator: ", ")). It excludes any further surge.\(further)"
}

private func hardwareAssumptions(_ spec: ClusterSpec, _ models: [Placement]) -> [ReasonedText] {
    let region = spec.platform.region.value
    let types = models.map(\.candidate.type).filter {
        if case .unknown = $0.offering(in: region) { true } else { false }
    }
    let unsure = unique(types.map(\.name))
    let offers: [ReasonedText] =
        unsure.isEmpty
        ? [] : ["The catalog does not know whether \(region) offers \(unsure.joined(separator: ", "))."]
    return offers
        + models.filter {
            !$0.candidate.accelerator.gpu.isMeasured && $0.hasModelledLatency && $0.spec.task.value.generates
        }.map { model in
            "No serving measurements are known for \(model.candidate.accelerator.gpu.id) (\(model.name)): its latency margins are wider."
        }
}

/// How speculative decoding affects a model's figures; nil without it.
private func speculationAssumption(_ placement: Placement) -> ReasonedText? {
    guard placement.spec.serving.speculation != nil else { return nil }
    return """
        `\(placement.name)` uses speculative decoding, which is not modeled: its time per output token is that of plain decoding with a \
        wider margin, and \(Assumptions.draftMemory) GiB of each GPU are reserved for the draft model. Measure it and set `measured`.
        """
}

/// How images are planned; nil without images.
private func imageAssumption(_ model: Placement) -> ReasonedText? {
    guard let images = model.candidate.workload.images else { return nil }
    let one = images.perRequest.value == 1
    return """
        A request of \(model.name) has \(images.perRequest, as: "images per request") \(one ? "image" : "images") of \
        \(images.tokens, as: "tokens per image") tokens. Encoding them is modeled as the prefill of a dense model, and was not measured.
        """
}

/// How uncertain the figures of a model that generates no tokens are; nil for others.
private func poolingAssumption(_ model: Placement) -> ReasonedText? {
    guard !model.spec.task.value.generates, model.hasModelledLatency else { return nil }
    return """
        The figures of \(model.name) are those of a prefill, and the fit has no runs of models that embed or rerank: measure it and set \
        `measured`. A request with several texts or documents counts as that many.
        """
}

/// How uncertain the figures of an MoE model without measured runs are; nil if it has some.
private func moeAssumption(_ model: Placement) -> ReasonedText? {
    guard model.candidate.workload.isMoE, model.hasModelledLatency, model.spec.task.value.generates,
        !FittedThresholds.fittedMoEModels.contains(model.spec.source.value)
    else { return nil }
    return """
        The figures of \(model.name) include no measured run of \(model.spec.source.value), and MoE models differ: one run in ten of an \
        MoE model that the fit did not include was slower than planned. Measure it and set `measured`.
        """
}

private func poolAssumptions(_ models: [Placement], _ pools: [PoolPlan]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if pools.contains(where: { $0.group == nil }) {
        list.append(
            """
            A pool at its limit launches no replacement for a drifted node: after an AMI change its nodes are replaced when \
            a replica is removed, or when they are deleted.
            """)
    }
    list += models.filter(\.isSpotOnly).map { spotOnlyAssumption($0, pools) }
    list += models.filter(\.usesSpot).map { model in
        let elastic = pools.first { $0.role == .elastic && $0.models.contains(model.name) }
        let places = elastic.map { "`\($0.name.value)` if it has capacity, else to spot; without either," }
        return "The surge of \(model.name) goes to \(places ?? "spot; without it,") \(model.name) stays at its minimum."
    }
    return list + pools.compactMap(updateAssumption)
}

/// What an interruption of a model that runs on spot only loses, and what happens without spot capacity.
private func spotOnlyAssumption(_ model: Placement, _ pools: [PoolPlan]) -> ReasonedText {
    let count = pools.first { $0.role == .primary && $0.models.contains(model.name) }?.hardware.types.count ?? 1
    let types = count == 1 ? "of one instance type" : "of \(count) instance types"
    return """
        All replicas of \(model.name) run on spot nodes \(types). EC2 takes a node back \(Thresholds.spotNotice) s after its notice: requests \
        that do not finish by then fail, and their callers have to repeat them. A replacement takes about \
        \(model.point.coldStart.total, as: "cold start of \(model.name)") s. While EC2 has no spot capacity of these types, pods stay \
        pending and \(model.name) serves nothing.
        """
}

/// The additional nodes during an update of a managed node group; nil for others.
private func updateAssumption(_ pool: PoolPlan) -> ReasonedText? {
    guard let group = pool.group, group.existing == nil, !pool.hardware.types.contains(where: \.isUltraServer) else {
        return nil
    }
    let name = group.name.value
    let counted: ReasonedText =
        pool.size.staticNodes == nil
        ? ", and the spending rate always includes all its \(group.maxNodes, as: "maximum nodes of \(name)") nodes"
        : ""
    return "An update of `\(name)` temporarily launches nodes beyond its size; they are not in the cost\(counted)."
}

private func modelAssumptions(_ model: Placement, _ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if DomainPlan(model) != nil {
        list.append(
            """
            Replicas of \(model.name) reach each other's GPUs over NVLink if their nodes are in one UltraServer; a replica never spans \
            nodes, and its operating point does not use this.
            """)
    }
    if let growth = growthAssumption(model) { list.append(growth) }
    if model.scalesToZero {
        list.append(
            """
            \(model.name) scales to zero without requests: the first requests after that fail for about \
            \(model.point.coldStart.total, as: "cold start of \(model.name)") s. The expected cost includes \(counted(model, spec, pools)).
            """)
    }
    if model.sharesClaim {
        list.append(
            """
            All pods of `\(sharedClaimName(model).value)` stay on one node while any of them runs: a drifted node is replaced only \
            after its termination grace period of \(Thresholds.nodeGrace) min (\(model.name)).
            """)
    }
    return list
}

/// When the expected cost includes nodes of a model that scales to zero.
private func counted(_ model: Placement, _ spec: ClusterSpec, _ pools: [PoolPlan]) -> String {
    let pool = pools.first { $0.role == .primary && $0.models.contains(model.name) }
    if pool?.size.staticNodes != nil { return "its nodes, which always run" }
    let times =
        (spec.businessHours == nil ? [] : ["in business hours"])
        + (model.spec.scaling.schedule.isEmpty ? [] : ["in the windows of its schedule"])
    let replicas = times.isEmpty ? "none of its replicas" : "its replicas only \(times.joined(separator: " and "))"
    return pool?.group == nil || pool?.existing != nil
        ? replicas : "\(replicas), and the minimum nodes of its group at all times"
}

private func claimAssumptions(_ models: [Placement]) -> [ReasonedText] {
    models.contains(where: \.usesDRA)
        ? ["The scheduler does not preempt pods for claimed GPUs: priorities have no effect between models on DRA."]
        : []
}
