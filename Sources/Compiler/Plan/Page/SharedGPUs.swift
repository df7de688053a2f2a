/// How the GPUs of each pool are divided, in sentences: MIG instances, turns, side by side, claims.
func dividedGPUs(_ plan: Plan) -> [String] {
    plan.pools.compactMap { pool in
        let models = pool.models.joined(separator: ", ")
        let type = pool.types.first?.name ?? ""
        if let partition = pool.partition {
            let cuts = partition.cuts.map { cut in
                let gpus = partition.isUniform ? "each GPU" : "GPU\(cut.gpus.count == 1 ? "" : "s") \(spans(cut.gpus))"
                return gpus + " into " + cut.instances.map { "\($0.count) × \($0.profile)" }.joined(separator: " + ")
            }
            let means = pool.settings == nil ? "the layout `\(partition.name.value)`" : "Bottlerocket's settings"
            var shared = ""
            if case .mig(let slice) = pool.layout, slice.sharers > 1 {
                shared =
                    " \(slice.sharers) pods stand side by side in the instance that they claim: one that faults ends all."
            }
            return
                "`\(pool.name.value)` cuts every `\(type)` for \(models) by \(means): \(cuts.joined(separator: ", "))."
                + shared
        }
        switch pool.layout {
        case .whole: return nil
        case .mig(let slice):
            return
                "`\(pool.name.value)` has instances of \(slice.profile) made on the GPUs of each `\(type)` as pods of \(models) claim "
                + "them, up to \(slice.perGPU) on a GPU, and taken away when the pods go."
        case .timeSlicing(let replicas):
            return
                "`\(pool.name.value)` lets \(replicas) pods take turns on each GPU, for \(models): nothing keeps their memory apart "
                + "but `--gpu-memory-utilization`, and one that crashes the driver ends all."
        case .mps(let replicas):
            return
                "`\(pool.name.value)` runs \(replicas) pods side by side on each GPU, for \(models): each has a part of memory and "
                + "threads, and one that faults ends all."
        }
    }
}

/// Indices in words: `0–3 and 6`.
private func spans(_ indices: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for index in indices {
        if let last = runs.last, last.upperBound == index - 1 {
            runs[runs.count - 1] = last.lowerBound...index
        } else {
            runs.append(index...index)
        }
    }
    let words = runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    return words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and \(words.last ?? "")"
}

/// What happens when one model's surge takes GPUs that another has, step by step, for each shared pool where that can be.
func giving(_ plan: Plan) -> [(title: String, steps: [String])] {
    plan.pools.compactMap { pool in
        guard pool.role == .elastic else { return nil }
        let sharers = plan.models.filter { pool.models.contains($0.name) }
        let taker = sharers.min { rank($0) < rank($1) }
        let giver = sharers.max { rank($0) < rank($1) }
        guard let taker, let giver, rank(taker) < rank(giver) else { return nil }
        return (
            "\(giver.name) gives to \(taker.name) in `\(pool.name.value)`", steps(from: giver, to: taker, pool, plan)
        )
    }
}

/// The place of a model's priority: the most important is 0.
private func rank(_ model: ModelPlan) -> Int {
    Priority.allCases.firstIndex(of: model.placement.spec.priority.value) ?? 0
}

private func steps(from giver: ModelPlan, to taker: ModelPlan, _ pool: PoolPlan, _ plan: Plan) -> [String] {
    let (have, want) = (wanted(giver, in: pool), wanted(taker, in: pool))
    let lost = max(0, have + want - pool.gpus.value)
    let level = taker.levels.first.map { "\(PromQL.number(rounded($0.scaleUp.value, decimals: 1))) \($0.signal.unit)" }
    let window = taker.deployments.compactMap(\.scaler).first.map { "\($0.stabilizationDown.value) s" } ?? "a while"
    let grace = giver.deployments.first?.serving.gracePeriod.value ?? 0
    return [
        "In normal load \(held(taker)), \(held(giver)), and `\(pool.name.value)` has \(idle(plan, pool)).",
        "\(giver.name) surges: its replicas beyond those take up to \(have) of the \(gpus(pool.gpus.value)) of `\(pool.name.value)`.",
        "\(taker.name) passes \(level ?? "its target") per replica, and its autoscaler asks for up to "
            + "\(taker.placement.maxReplicas.value) replicas, whose surge wants up to \(gpus(want)).",
        lost == 0
            ? "There is room for both: nobody loses anything."
            : "Where no GPU is free the scheduler stops pods of \(giver.name) there: `\(className(taker))` stands above "
                + "`\(className(giver))`. \(giver.name) loses up to \(gpus(lost)); each of its pods gets \(grace) s to finish its requests.",
        "\(giver.name) keeps \(giver.placement.minReplicas.value) replicas at least: they stand in "
            + "`\(Names.primary(giver.placement.spec.pool?.value ?? giver.name))`, whose taint no pod of \(taker.name) tolerates.",
        "When \(taker.name) has asked for less during \(window), its replicas go, and the waiting pods of \(giver.name) take their place, "
            + "or the empty nodes are given back after \(pool.consolidateAfter.value).",
    ]
}

/// The nodes of an elastic pool in normal load: none but those that are kept free.
private func idle(_ plan: Plan, _ pool: PoolPlan) -> String {
    let kept = RunningNodes(plan.pools, plan.models.map(\.placement)).keptFree(pool).value
    return kept == 0 ? "no node" : "\(kept == 1 ? "one node" : "\(kept) nodes") that headroom keeps free"
}

/// The GPUs of a pool that a model's surge wants at most.
private func wanted(_ model: ModelPlan, in pool: PoolPlan) -> Int {
    let placement = model.placement
    return min(pool.gpus.value, placement.surgeNodes * placement.shape.type.gpuCount)
}

private func held(_ model: ModelPlan) -> String {
    let placement = model.placement
    let count = placement.minReplicas.value
    return
        "\(model.name) has \(count) replica\(count == 1 ? "" : "s") on \(gpus(count * placement.gpusPerReplica.value)) of "
        + "`\(Names.primary(placement.spec.pool?.value ?? model.name))`"
}

private func className(_ model: ModelPlan) -> String { Names.priorityClass(model.placement.spec.priority.value) }

private func gpus(_ count: Int) -> String { count == 1 ? "1 GPU" : "\(count) GPUs" }
