import Groundwork

/// What the plan takes for granted, in sentences.
func assumptions(_ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ money: MoneyPlan)
    -> [ReasonedText]
{
    let times =
        (models.contains(where: \.hasModelledLatency) ? [latencyAssumption] : []) + [
            trafficAssumption
        ]
    let hardware =
        hardwareAssumptions(spec, models) + models.compactMap(mixtureAssumption)
        + models.compactMap(speculationAssumption)
    let windows = models.flatMap { windowsLeftOut($0, spec) }
    return times + costAssumptions(spec, money) + [expectedNodes(spec, pools)] + hardware
        + poolAssumptions(models, pools) + windows + models.flatMap { modelAssumptions($0, spec, pools) }
        + claimAssumptions(models)
}

private let latencyAssumption: ReasonedText = """
    Latencies are modelled from published measurements, which hold one mean or median per run: a promised percentile rests on the \
    margin that `explain` shows, not on a measured tail.
    """

private let trafficAssumption: ReasonedText = "Requests arrive at random."

private func costAssumptions(_ spec: ClusterSpec, _ money: MoneyPlan) -> [ReasonedText] {
    let spot: ReasonedText? = spec.platform.spotDiscount.map { discount in
        let percent = (discount.named("spot discount", "ratio") * 100).named("spot discount in percent", "%")
        return """
            Spot is expected to cost \(percent, .rounded(1))% less than on demand, and counted at the on-demand price in the worst case.
            """
    }
    var list: [ReasonedText] = [
        "Not in the cost: traffic, EKS, NAT, load balancers, object storage, and nodes that Karpenter starts beyond a limit for a moment.",
        spot ?? "Spot is counted at the on-demand price: `platform.spotDiscount` says otherwise for the expected cost.",
    ]
    if !money.borrowed.isEmpty {
        list.append(
            """
            Prices of \(money.borrowed.joined(separator: ", ")) are those of \(PriceList.home): none are known for \
            \(spec.platform.region.value). Give them under `platform.prices`.
            """)
    }
    return list
}

/// Which nodes the expected cost counts.
private func expectedNodes(_ spec: ClusterSpec, _ pools: [PoolPlan]) -> ReasonedText {
    let share = (Assumptions.busySurge.reasoned * 100).named("share of the surge in business hours", "%")
    var parts: [ReasonedText] = ["the minimum replicas"]
    if spec.businessHours != nil { parts.append("in business hours for \(share, .rounded(0))% of the surge besides") }
    if spec.models.contains(where: { !$0.scaling.schedule.isEmpty }) {
        parts.append("in the windows of a schedule for its floor at least")
    }
    if spec.models.contains(where: { $0.headroom != nil }) { parts.append("and for the room that headroom keeps free") }
    let further = pools.contains { $0.size.staticNodes != nil } ? " Static nodes are counted at all times." : ""
    return
        "The expected cost counts nodes for \(parts.joined(separator: ", ")). Any further surge is not in it.\(further)"
}

private func hardwareAssumptions(_ spec: ClusterSpec, _ models: [Placement]) -> [ReasonedText] {
    let region = spec.platform.region.value
    let types = models.map(\.shape.type).filter { if case .unknown = $0.offering(in: region) { true } else { false } }
    let unsure = unique(types.map(\.name))
    let offers: [ReasonedText] =
        unsure.isEmpty
        ? [] : ["Whether \(region) offers \(unsure.joined(separator: ", ")) is not known to the catalog."]
    return offers
        + models.filter { !$0.shape.accelerator.gpu.isMeasured && $0.hasModelledLatency }.map { model in
            "No serving measurements are known for \(model.shape.accelerator.gpu.id) (\(model.name)): its margins are wider."
        }
}

/// What a model's speculative decoding does to its figures; nil without it.
private func speculationAssumption(_ placement: Placement) -> ReasonedText? {
    guard placement.spec.serving.speculation != nil else { return nil }
    return """
        `\(placement.name)` decodes speculatively, and the times of that are not modelled: its times per output token are those of plain decoding, in a \
        wider band, and \(Assumptions.draftMemory) GiB of each GPU are kept for the draft. Measure it, and write that under `measured`.
        """
}

/// What to make of a mixture of experts that no run stands behind; nil where one does.
private func mixtureAssumption(_ model: Placement) -> ReasonedText? {
    guard model.shape.workload.isMixture, model.hasModelledLatency,
        !FittedThresholds.fittedMixtures.contains(model.spec.source.value)
    else { return nil }
    return """
        No run of \(model.spec.source.value) is behind the figures of \(model.name), and mixtures of experts differ: one run in ten of a \
        mixture that the fit never saw was slower than promised. Measure it, and write what you find under `measured`.
        """
}

private func poolAssumptions(_ models: [Placement], _ pools: [PoolPlan]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if pools.contains(where: { $0.group == nil }) {
        list.append(
            """
            A pool whose limit is used up starts no replacement for a drifted node: after a change of AMI its nodes are replaced when \
            a replica goes, or when somebody deletes them.
            """)
    }
    list += models.filter(\.usesSpot).map { model in
        let elastic = pools.first { $0.role == .elastic && $0.models.contains(model.name) }
        let places = elastic.map { "`\($0.name.value)` where that has room, else to spot; without either" }
        return "The surge of \(model.name) goes to \(places ?? "spot; without it") \(model.name) stays at its minimum."
    }
    return list + pools.compactMap(updateAssumption)
}

/// What an update of a managed node group starts besides; nil for others.
private func updateAssumption(_ pool: PoolPlan) -> ReasonedText? {
    guard let group = pool.group, !pool.hardware.types.contains(where: \.isUltraServer) else { return nil }
    let name = group.name.value
    let counted: ReasonedText =
        pool.size.staticNodes == nil
        ? ", and the rate of spending counts all its \(group.maxNodes, as: "most nodes of \(name)") nodes at all times"
        : ""
    return "An update of `\(name)` starts nodes beyond its size while it lasts; they are not in the cost\(counted)."
}

private func modelAssumptions(_ model: Placement, _ spec: ClusterSpec, _ pools: [PoolPlan]) -> [ReasonedText] {
    var list: [ReasonedText] = []
    if DomainPlan(model) != nil {
        list.append(
            """
            Replicas of \(model.name) reach each other's GPUs over NVLink where their nodes are of one UltraServer; a replica never spans \
            nodes, and nothing of this is in its operating point.
            """)
    }
    if model.sleeps {
        list.append(
            """
            \(model.name) sleeps while nobody asks: the first requests after that fail for about \
            \(model.point.coldStart.total, as: "cold start of \(model.name)") s. The expected cost counts \(counted(model, spec, pools)).
            """)
    }
    if model.sharesClaim {
        list.append(
            """
            All pods of `\(sharedClaimName(model).value)` stay on one node as long as one of them runs: a drifted node is replaced only \
            when its grace of \(Thresholds.nodeGrace) min is over (\(model.name)).
            """)
    }
    return list
}

/// When the expected cost counts nodes of a model that sleeps.
private func counted(_ model: Placement, _ spec: ClusterSpec, _ pools: [PoolPlan]) -> String {
    let pool = pools.first { $0.role == .primary && $0.models.contains(model.name) }
    if pool?.size.staticNodes != nil { return "its nodes: they always run" }
    let times =
        (spec.businessHours == nil ? [] : ["in business hours"])
        + (model.spec.scaling.schedule.isEmpty ? [] : ["in the windows of its schedule"])
    let replicas = times.isEmpty ? "no replica of it" : "replicas of it only \(times.joined(separator: " and "))"
    return pool?.group == nil ? replicas : "\(replicas), and the fewest nodes of its group at all times"
}

private func claimAssumptions(_ models: [Placement]) -> [ReasonedText] {
    models.contains(where: \.usesDRA)
        ? ["The scheduler does not preempt for claimed GPUs: priorities do not help models on DRA."] : []
}
