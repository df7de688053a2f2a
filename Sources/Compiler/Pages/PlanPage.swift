import Groundwork
import Planning

/// The plan on one page: `PLAN.md`, and the output of `stowage plan`.
///
/// Its figures keep their reasons: `stowage explain PLAN.md:LINE` shows them.
package func page(_ plan: Plan) -> ReasonedText {
    let figures = pageOfFigures(plan)
    return "\(figures)\n\(assumptionSection(plan, of: figures))"
}

/// The page without the assumptions that its figures depend on.
package func pageOfFigures(_ plan: Plan) -> ReasonedText {
    [
        "# \(plan.spec.name.value)\n", summarySection(plan), moneySection(plan), teamSection(plan),
        modelSection(plan),
        choiceSection(plan),
        thresholdSection(plan), coldStartSection(plan), poolSection(plan), reservationSection(plan),
        sharingSection(plan), tokenSection(plan), checklistSection(plan), bestChangesSection(plan),
        list("Prerequisites", plan.prerequisites),
    ].filter { !$0.text.isEmpty }.joined(separator: "\n")
}

/// A section with one list.
func list(_ title: String, _ lines: [ReasonedText]) -> ReasonedText {
    "## \(title)\n\n\(lines.map { "- \($0)\n" as ReasonedText }.joined())"
}

/// What each model runs on, and how fast.
private func modelSection(_ plan: Plan) -> ReasonedText {
    let hasTeams = plan.models.contains { $0.placement.spec.team != nil }
    let hasTasks = plan.models.contains { !$0.placement.spec.task.value.generates }
    let rows = plan.models.map { model -> [ReasonedText] in
        let placement = model.placement
        let (point, name) = (placement.point, model.name)
        let objectives = placement.spec.objectives
        let team: [ReasonedText] = hasTeams ? ["\(placement.spec.team?.value ?? "–")"] : []
        let task: [ReasonedText] = hasTasks ? ["\(placement.spec.task.value.rawValue)"] : []
        let whole: [ReasonedText] =
            hasTasks
            ? [latency("end-to-end latency", of: name, point.endToEndLatency, objectives.endToEnd, .rounded(0))] : []
        let figures: [ReasonedText] = [
            "\(placement.spec.workloadClass.value.rawValue)",
            "\(point.tensorParallel, as: "GPUs of a replica of \(name)") × \(share(placement)) on \(placement.candidate.type.name)",
            "\(placement.minReplicas, as: "minimum replicas of \(name)")–\(placement.maxReplicas, as: "maximum replicas of \(name)")",
            "\(point.sequences, as: "requests in a replica of \(name)")",
            "\(point.requestsPerSecond, as: "rate of a replica of \(name)", point.requestsPerSecond.value < 0.1 ? .rounded(3) : .rounded(2))",
            latency("time to first token", of: name, point.timeToFirstToken, objectives.ttft, .rounded(0)),
            latency(
                "time per output token", of: name, point.timePerOutputToken, objectives.tpot, .rounded(1)),
        ]
        let start: ReasonedText = "\(point.coldStart.total, as: "cold start of \(name)") s"
        return ["\(name)"] + team + task + figures + whole + [start]
    }
    let figures = [
        "class", "replica runs on", "replicas (min–max)", "sequences", "requests/s", "TTFT of target", "TPOT of target",
    ]
    let first = ["model"] + (hasTeams ? ["team"] : []) + (hasTasks ? ["task"] : [])
    let head = first + figures + (hasTasks ? ["end-to-end latency of target"] : []) + ["cold start"]
    let notes = plan.models.map { model -> ReasonedText in
        let point = model.placement.point
        return
            "- **\(model.name)** is limited by \(point.bottleneck, as: "bottleneck") (\(point.confidence, as: "confidence")).\(promptRate(model.placement))\(defaultLatencies(model.placement))\n"
    }
    return """
        ## Models

        \(Table(head: head, rows: rows).text)
        Sequences (average in flight), requests/s, time to first token (TTFT) and time per output token (TPOT) are those of one replica at \
        its operating point, the highest rate that it sustains.\(latencyNote(plan))

        \(notes.joined())
        """
}

/// The prompt tokens per second of a model that generates none; empty for others.
private func promptRate(_ placement: Placement) -> ReasonedText {
    guard let rate = placement.point.promptRate else { return "" }
    return " A replica computes \(rate, as: "prompt tokens per second of \(placement.name)") prompt tokens per second."
}

/// The latency targets that a model gets by default; empty if the spec sets them, or if latencies are measured.
private func defaultLatencies(_ placement: Placement) -> ReasonedText {
    guard placement.spec.measured == nil else { return "" }
    let objectives = placement.spec.objectives
    let parts: [ReasonedText?] = [
        objectives.ttft.flatMap {
            $0.isDefault ? "\($0.seconds, as: "objective for the time to first token") s to first token" : nil
        },
        objectives.tpot.flatMap {
            guard $0.isDefault else { return nil }
            let milliseconds =
                $0.seconds.named("objective for the time per output token", "s") * .constant(1000, "ms/s")
            return
                "\(milliseconds.named("objective for the time per output token in ms", "ms"), .rounded(0)) ms per output token"
        },
        objectives.endToEnd.flatMap {
            $0.isDefault ? "\($0.seconds, as: "objective for the end-to-end latency") s end to end" : nil
        },
    ]
    let named = parts.compactMap { $0 }
    guard !named.isEmpty else { return "" }
    return
        " Its `sla` sets no such target: the plan uses the default\(named.count > 1 ? "s" : "") of its class, \(named.joined(separator: " and ")); set `none` in its `sla` to plan without one."
}

/// What the latencies of the models mean: predicted for a percentile, or measured.
private func latencyNote(_ plan: Plan) -> ReasonedText {
    let usual = (Defaults.percentile.reasoned * 100).named("percentile without an SLA", "%")
    let targetText: ReasonedText =
        plan.models.contains { $0.placement.spec.measured == nil }
        ? " Latencies are predictions with a margin, for the percentile in the model's `sla` or else for \(usual, .rounded(0))% of requests."
        : ""
    let measured =
        plan.models.contains { $0.placement.spec.measured != nil }
        ? " Latencies of models with `measured` are the measured means, or predicted for the measured sequences without queueing."
        : ""
    return "\(targetText)\(measured)"
}

/// The GPU of a replica, or its share of one.
private func share(_ placement: Placement) -> ReasonedText {
    let gpu = placement.candidate.accelerator.gpu.id
    let claimed = placement.usesDRA ? " (DRA)" : ""
    func sharers(_ count: Int) -> Traced<Int> { Traced(count, placement.spec.gpu.share.origin) }
    let name = "replicas that share a GPU of \(placement.name)"
    return switch placement.nodes.layout {
    case .whole: "\(gpu)\(claimed)"
    case .mig(let slice) where slice.sharers > 1:
        "\(gpu) MIG \(slice.profile) ÷ \(sharers(slice.sharers), as: name) by MPS\(claimed)"
    case .mig(let slice): "\(gpu) MIG \(slice.profile)\(claimed)"
    case .timeSlicing(let replicas): "\(gpu) ÷ \(sharers(replicas), as: name) by time-slicing\(claimed)"
    case .mps(let replicas): "\(gpu) ÷ \(sharers(replicas), as: name) by MPS\(claimed)"
    }
}

/// The loads per replica at which scaling and alerts react.
private func thresholdSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.models.flatMap { model in model.levels.map { (model, $0) } }.map { model, levels in
        let name = model.name
        func level(_ load: Traced<Double>, _ word: String) -> ReasonedText {
            "\(load, as: "\(word) of \(name)", .rounded(2))"
        }
        let window = model.deployments.compactMap(\.scaler).first
        return [
            "\(name)", "\(levels.signal.unit)", level(levels.scaleDown, "scale-down load"),
            level(levels.scaleUp, "scale-up load"), level(levels.warning, "warning level"),
            level(levels.critical, "critical level"), level(levels.limit, "limit"),
            "\(model.placement.scaling.cooldown, as: "cooldown of \(name)", .rounded(0)) s",
            window.map { "\($0.stabilizationDown, as: "scale-down window of \(name)") s" } ?? "–",
        ] as [ReasonedText]
    }
    let head = [
        "model", "load per replica in", "scale down", "scale up", "warning", "critical", "limit", "cooldown",
        "scale-down window",
    ]
    let longest = (Thresholds.longestStabilization.reasoned / .constant(60, "s/min"))
        .named("longest stabilization window in minutes", "min")
    return """
        ## Thresholds

        \(Table(head: head, rows: rows).text)
        The limit is the load that a replica sustains. The scale-down window is the longer of cooldown and cold start, at most \(longest) minutes.

        """
}

/// The size and cost of each pool.
private func poolSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.pools.map { pool -> [ReasonedText] in
        let name = pool.name.value
        let group = pool.existing != nil ? ", existing" : pool.group == nil ? "" : ", node group"
        return [
            "\(name)", "\(pool.hardware.capacityTypes.map(\.value).joined(separator: ", "))\(group)",
            "\(pool.hardware.types.map(\.name).joined(separator: ", "))", "\(pool.size.nodes, as: "nodes of \(name)")",
            "\(pool.size.gpus, as: "GPUs of \(name)")",
        ] + costs(plan.money.pools.first { $0.pool == name })
    }
    let idle = plan.money.pools.filter { cost in !plan.pools.contains { $0.name.value == cost.pool } }.map { cost in
        ["\(cost.pool)", "reserved, idle", "", "", ""] + costs(cost)
    }
    let head = [
        "pool", "capacity type", "instance types", "max nodes", "max GPUs", "expected $/month", "worst case $/month",
    ]
    return "## Pools\n\n\(Table(head: head, rows: rows + idle).text)"
}

/// The expected and the worst-case cost of a pool.
private func costs(_ cost: PoolCost?) -> [ReasonedText] {
    guard let cost else { return ["–", "–"] }
    return [
        dollars(cost.expectedPerMonth, "expected cost of \(cost.pool)"),
        dollars(cost.worstPerMonth, "worst-case cost of \(cost.pool)"),
    ]
}
