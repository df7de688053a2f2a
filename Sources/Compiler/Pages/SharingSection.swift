import Groundwork
import Planning

/// How far models can peak at once in the pools that they share, and which preempts which.
func sharingSection(_ plan: Plan) -> ReasonedText {
    let shared = plan.pools.filter { $0.role != .primary && $0.models.count > 1 }.compactMap { peaks(of: $0, plan) }
    let lines = shared + dividedGPUs(plan)
    let moves = giving(plan).map { move -> ReasonedText in
        let steps = move.steps.enumerated().map { "\(String($0 + 1)). \($1)\n" as ReasonedText }
        return "### \(move.title)\n\n\(steps.joined())"
    }
    return ([lines.isEmpty ? "" : list("Shared pools", lines)] + moves).filter { !$0.text.isEmpty }
        .joined(separator: "\n")
}

/// Whether the models of a pool can all peak at once; nil for a spot pool described with the elastic one of its GPU.
private func peaks(of pool: PoolPlan, _ plan: Plan) -> ReasonedText? {
    func twin(_ role: PoolPlan.Role) -> PoolPlan? {
        plan.pools.first { $0.role == role && $0.hardware.gpu.id == pool.hardware.gpu.id }
    }
    if pool.role == .spot, twin(.elastic) != nil { return nil }
    func surges(_ belong: (Placement) -> Bool) -> Reasoned {
        .sum(
            plan.models.map(\.placement).filter { pool.models.contains($0.name) && belong($0) }.map { model in
                surgeGPUs(model).named("GPUs of the surge of \(model.name)", "GPUs")
            })
    }
    func held(_ pool: PoolPlan) -> ReasonedText {
        "\(pool.size.gpus, as: "GPUs of \(pool.name.value)") GPUs for \(enumerated(pool.models))"
    }
    let spot = pool.role == .elastic ? twin(.spot) : nil
    let wants = surges { _ in true }.named("GPUs of all surges", "GPUs")
    let beside: ReasonedText =
        spot.map { "and `\($0.name.value)` up to \(held($0)): their surges together need" }
        ?? "whose surges together need"
    let all: ReasonedText =
        "`\(pool.name.value)` has up to \(held(pool)), \(beside) \(wants) at peak"
    // Only models that allow spot run their surge on it.
    let own = spot == nil ? wants.value : surges(\.usesElastic).value
    let isShort =
        own > Double(pool.size.gpus.value) || wants.value > Double(pool.size.gpus.value + (spot?.size.gpus.value ?? 0))
    return isShort
        ? "\(all)\(spot == nil ? ":" : ";") they cannot all peak at once, and the scheduler places pods by priority."
        : "\(all)."
}

/// What happens when one model's surge takes GPUs that another uses, step by step, for each shared pool where it can.
func giving(_ plan: Plan) -> [(title: String, steps: [ReasonedText])] {
    plan.pools.compactMap { pool in
        guard pool.role == .elastic else { return nil }
        let sharers = plan.models.filter { pool.models.contains($0.name) }
        let taker = sharers.min { rank($0) < rank($1) }
        let giver = sharers.max { rank($0) < rank($1) }
        guard let taker, let giver, rank(taker) < rank(giver) else { return nil }
        return (
            "How \(giver.name) yields GPUs of `\(pool.name.value)` to \(taker.name)",
            steps(from: giver, to: taker, pool, plan)
        )
    }
}

/// The rank of a model's priority: the highest is 0.
private func rank(_ model: ModelPlan) -> Int {
    Priority.allCases.firstIndex(of: model.placement.spec.priority.value) ?? 0
}

private func steps(from giver: ModelPlan, to taker: ModelPlan, _ pool: PoolPlan, _ plan: Plan) -> [ReasonedText] {
    let size = pool.size.gpus.named("GPUs of \(pool.name.value)", "GPUs")
    let (have, want) = (wanted(giver, in: size), wanted(taker, in: size))
    let lost = Reasoned.maximum(0, have + want - size).named("GPUs that \(giver.name) loses", "GPUs")
    let level: ReasonedText? = taker.levels.first.map {
        "\($0.scaleUp, as: "scale-up load of \(taker.name)", .rounded(1)) \($0.signal.unit)"
    }
    let window: ReasonedText? = taker.deployments.compactMap(\.scaler).first.map {
        "\($0.stabilizationDown, as: "scale-down window of \(taker.name)") s"
    }
    let grace: ReasonedText =
        giver.deployments.first.map {
            "\($0.serving.gracePeriod, as: "grace period of \(giver.name)") s"
        } ?? "a while"
    return [
        "At steady load, \(held(taker)), \(held(giver)), and `\(pool.name.value)` has \(idle(plan, pool)).",
        "\(giver.name) surges: its additional replicas take up to \(have) of the \(gpus(size)) of `\(pool.name.value)`.",
        """
        \(taker.name) exceeds \(level ?? "its target") per replica, and its autoscaler scales up to \
        \(taker.placement.maxReplicas, as: "maximum replicas of \(taker.name)") replicas, whose surge needs up to \(gpus(want)).
        """,
        lost.value == 0
            ? "There is room for both: neither loses GPUs."
            : """
            If no GPU is free, the scheduler preempts pods of \(giver.name): `\(className(taker))` has a higher priority than \
            `\(className(giver))`. \(giver.name) loses up to \(gpus(lost)); each of its pods gets \(grace) to finish its requests.
            """,
        guaranteed(of: giver, besides: taker),
        """
        When \(taker.name) has needed fewer replicas for \(window ?? "a while"), it scales down, and pending pods of \(giver.name) take \
        their place; otherwise the empty nodes are removed after \(pool.disruption.consolidateAfter, as: "consolidateAfter of \(pool.name.value)").
        """,
    ]
}

/// What a model keeps when another takes the GPUs of its surge.
private func guaranteed(of giver: ModelPlan, besides taker: ModelPlan) -> ReasonedText {
    let home = primaryPool(of: giver)
    if home == primaryPool(of: taker) {
        return """
            `\(home)` is the primary pool of both: if it is full, pods of \(taker.name) may preempt those of \(giver.name) there too.
            """
    }
    return """
        \(giver.name) keeps at least \(giver.placement.minReplicas, as: "minimum replicas of \(giver.name)") replicas: they run in \
        `\(home)`, whose taint no pod of \(taker.name) tolerates.
        """
}

/// The nodes of an elastic pool at steady load: none but those that headroom keeps free.
private func idle(_ plan: Plan, _ pool: PoolPlan) -> ReasonedText {
    guard let kept = RunningNodes(plan.pools, plan.models.map(\.placement)).keptFree(pool) else { return "no node" }
    return
        "\(kept.named("nodes kept free in \(pool.name.value)", "nodes")) node\(kept.value == 1 ? "" : "s") that headroom keeps free"
}

/// The GPUs that a model's replicas beyond its primary pool take at its maximum.
private func surgeGPUs(_ model: Placement) -> Reasoned {
    let nodes = Reasoned.maximum(0, model.nodesOfSurge()).named("nodes of the surge of \(model.name)", "nodes")
    let perNode = Traced(model.candidate.type.gpuCount, .catalog(model.candidate.type.reference))
    return nodes * perNode.named("GPUs of a \(model.candidate.type.name)", "GPUs/node")
}

/// The GPUs of a pool that a model's surge needs at most.
private func wanted(_ model: ModelPlan, in size: Reasoned) -> Reasoned {
    .minimum(size, surgeGPUs(model.placement)).named("GPUs that the surge of \(model.name) needs", "GPUs")
}

private func held(_ model: ModelPlan) -> ReasonedText {
    let placement = model.placement
    let count = placement.minReplicas.named("minimum replicas of \(model.name)", "replicas")
    let used = count * placement.gpusPerReplica.named("GPUs of a replica of \(model.name)", "GPUs/replica")
    return """
        \(model.name) has \(count) replica\(count.value == 1 ? "" : "s") on \
        \(gpus(used.named("GPUs of the minimum replicas of \(model.name)", "GPUs"))) of \
        `\(primaryPool(of: model))`
        """
}

/// The pool that holds a model's minimum.
private func primaryPool(of model: ModelPlan) -> String {
    model.placement.spec.poolName.value
}

private func className(_ model: ModelPlan) -> String { Names.priorityClass(model.placement.spec.priority.value) }

private func gpus(_ count: Reasoned) -> ReasonedText { "\(count) GPU\(count.value == 1 ? "" : "s")" }
