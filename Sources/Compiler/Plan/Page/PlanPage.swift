/// The plan on one page, for people: `PLAN.md`, and what `stowage plan` prints.
package func page(_ plan: Plan) -> String {
    [
        "# \(plan.spec.name.value)\n", moneySection(plan), models(plan), choiceSection(plan),
        thresholds(plan), coldStarts(plan), pools(plan), reservationSection(plan), sharing(plan), tokenSection(plan),
        checklistSection(plan),
        list("Prerequisites", plan.prerequisites), list("Assumptions", plan.assumptions),
    ].filter { !$0.isEmpty }.joined(separator: "\n")
}

private func models(_ plan: Plan) -> String {
    let rows = plan.models.map { model -> [String] in
        let placement = model.placement
        let point = placement.point
        return [
            model.name, placement.spec.workloadClass.value.rawValue,
            "\(point.tensorParallel.value) × \(share(placement)) on \(placement.shape.type.name)",
            "\(placement.minReplicas.value)–\(placement.maxReplicas.value)", "\(point.sequences.value)",
            number(point.requestsPerSecond.value, 2), firstToken(point.timeToFirstToken.value),
            "\(number(point.timePerOutputToken.value * 1000, 1)) ms", "\(point.coldStart.total.value) s",
        ]
    }
    let head = [
        "model", "class", "one replica", "replicas", "sequences", "requests/s", "first token", "per token",
        "cold start",
    ]
    var text = "## Models\n\n" + Table(head: head, rows: rows).text
    text +=
        "\nSequences and requests per second are those of one replica at its operating point: the rate that it sustains, and the requests in it then. "
        + "Latencies are promised for the percentile of the SLA, else for \(number(Thresholds.percentile.value * 100, 0))% of the requests.\n\n"
    for model in plan.models {
        let point = model.placement.point
        text += "- **\(model.name)** is bound by \(point.bottleneck) (\(point.confidence)).\n"
    }
    return text
}

/// A time to first token as people read it: seconds where there are many.
private func firstToken(_ seconds: Double) -> String {
    seconds < 10 ? "\(Int((seconds * 1000).rounded())) ms" : "\(number(seconds, 1)) s"
}

private func share(_ placement: Placement) -> String {
    let gpu = placement.shape.accelerator.gpu.id
    let claimed = placement.usesDRA ? " (claimed)" : ""
    return switch placement.layout {
    case .whole: gpu + claimed
    case .mig(let slice):
        "\(gpu) MIG \(slice.profile)" + (slice.sharers > 1 ? " ÷ \(slice.sharers) side by side" : "") + claimed
    case .timeSlicing(let replicas): "\(gpu) ÷ \(replicas) in turns\(claimed)"
    case .mps(let replicas): "\(gpu) ÷ \(replicas) side by side\(claimed)"
    }
}

private func thresholds(_ plan: Plan) -> String {
    let rows = plan.models.flatMap { model in model.levels.map { (model, $0) } }.map { model, levels -> [String] in
        let cooldown = "\(number(model.placement.cooldown.value, 0)) s"
        let window = model.deployments.compactMap(\.scaler).first.map { "\($0.stabilizationDown.value) s" } ?? "–"
        return [
            model.name, levels.signal.unit, number(levels.scaleDown.value, 2), number(levels.scaleUp.value, 2),
            number(levels.warning.value, 2), number(levels.critical.value, 2), number(levels.limit.value, 2), cooldown,
            window,
        ]
    }
    let head = [
        "model", "of one replica", "scale down", "scale up", "warning", "critical", "limit", "cooldown",
        "scale-down window",
    ]
    return "## Thresholds\n\n" + Table(head: head, rows: rows).text
        + "\nThe scale-down window is the longer of cooldown and cold start.\n"
}

private func pools(_ plan: Plan) -> String {
    let rows = plan.pools.map { pool -> [String] in
        let cost = plan.money.pools.first { $0.pool == pool.name.value }
        return [
            pool.name.value,
            pool.capacityTypes.map(\.value).joined(separator: ", ") + (pool.group == nil ? "" : ", node group"),
            pool.types.map(\.name).joined(separator: ", "), "\(pool.nodes.value)", "\(pool.gpus.value)",
            dollars(cost?.expectedPerMonth.value ?? 0), dollars(cost?.worstPerMonth.value ?? 0),
        ]
    }
    let idle = plan.money.pools.filter { cost in !plan.pools.contains { $0.name.value == cost.pool } }.map { cost in
        [
            cost.pool, "reserved, idle", "", "", "", dollars(cost.expectedPerMonth.value),
            dollars(cost.worstPerMonth.value),
        ]
    }
    let head = ["pool", "capacity", "types", "nodes", "GPUs", "expected $/month", "worst $/month"]
    return "## Pools\n\n" + Table(head: head, rows: rows + idle).text
}

/// How far models can peak at once in the pools that they share.
private func sharing(_ plan: Plan) -> String {
    var lines: [String] = []
    for pool in plan.pools where pool.role != .primary && pool.models.count > 1 {
        let wants = plan.models.filter { pool.models.contains($0.name) }.map { model in
            model.placement.surgeNodes * model.placement.shape.type.gpuCount
        }.reduce(0, +)
        lines.append(
            "`\(pool.name.value)` holds \(pool.gpus.value) GPUs for \(pool.models.joined(separator: " and ")), which together would "
                + "take \(wants) at their peaks"
                + (wants > pool.gpus.value
                    ? ": not all can peak at once, and the scheduler serves them by priority." : "."))
    }
    lines += dividedGPUs(plan)
    let moves = giving(plan).map { move in
        "### \(move.title)\n\n" + move.steps.enumerated().map { "\($0 + 1). \($1)\n" }.joined()
    }
    return ([lines.isEmpty ? "" : list("Shared pools", lines)] + moves).filter { !$0.isEmpty }.joined(separator: "\n")
}

private func list(_ title: String, _ lines: [String]) -> String {
    "## \(title)\n\n" + lines.map { "- \($0)\n" }.joined()
}

private func number(_ value: Double, _ decimals: Int) -> String { PromQL.number(rounded(value, decimals: decimals)) }
