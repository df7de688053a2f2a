import Groundwork
import Planning

/// The plan on one page, for people: `PLAN.md`, and what `stowage plan` prints.
///
/// Its figures keep their reasons: `stowage explain PLAN.md:LINE` shows those of a line.
package func page(_ plan: Plan) -> ReasonedText {
    let figures = pageOfFigures(plan)
    return "\(figures)\n\(assumptionSection(plan, of: figures))"
}

/// The page without the assumptions that its figures rest on.
package func pageOfFigures(_ plan: Plan) -> ReasonedText {
    [
        "# \(plan.spec.name.value)\n", moneySection(plan), modelSection(plan), choiceSection(plan),
        thresholdSection(plan), coldStartSection(plan), poolSection(plan), reservationSection(plan),
        sharingSection(plan), tokenSection(plan), checklistSection(plan), list("Prerequisites", plan.prerequisites),
    ].filter { !$0.text.isEmpty }.joined(separator: "\n")
}

/// A section of one list.
func list(_ title: String, _ lines: [ReasonedText]) -> ReasonedText {
    "## \(title)\n\n\(lines.map { "- \($0)\n" as ReasonedText }.joined())"
}

/// What each model runs on, and how fast.
private func modelSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.models.map { model -> [ReasonedText] in
        let placement = model.placement
        let (point, name) = (placement.point, model.name)
        let pace = point.timePerOutputToken.named("time per output token of \(name)", "s") * .constant(1000, "ms/s")
        return [
            "\(name)", "\(placement.spec.workloadClass.value.rawValue)",
            "\(point.tensorParallel, as: "GPUs of a replica of \(name)") × \(share(placement)) on \(placement.shape.type.name)",
            "\(placement.minReplicas, as: "minimum replicas of \(name)")–\(placement.maxReplicas, as: "maximum replicas of \(name)")",
            "\(point.sequences, as: "requests in a replica of \(name)")",
            "\(point.requestsPerSecond, as: "rate of a replica of \(name)", point.requestsPerSecond.value < 0.1 ? .rounded(3) : .rounded(2))",
            firstToken(point.timeToFirstToken, of: name),
            "\(pace.named("time per output token of \(name) in ms", "ms"), .rounded(1)) ms",
            "\(point.coldStart.total, as: "cold start of \(name)") s",
        ]
    }
    let head = [
        "model", "class", "one replica", "replicas", "sequences", "requests/s", "first token", "per token",
        "cold start",
    ]
    let notes = plan.models.map { model -> ReasonedText in
        let point = model.placement.point
        return
            "- **\(model.name)** is bound by \(point.bottleneck, as: "bottleneck") (\(point.confidence, as: "confidence")).\(defaultLatencies(model.placement))\n"
    }
    return """
        ## Models

        \(Table(head: head, rows: rows).text)
        Sequences and requests per second are those of one replica at its operating point: the rate that it sustains, and the requests \
        in it then.\(latencyNote(plan))

        \(notes.joined())
        """
}

/// The latencies that a model is planned for although its spec asks for none; empty where it asks, or they are measured.
private func defaultLatencies(_ placement: Placement) -> ReasonedText {
    guard placement.spec.measured == nil else { return "" }
    let objectives = placement.spec.objectives
    let parts: [ReasonedText?] = [
        objectives.firstToken.flatMap {
            $0.isDefault ? "\($0.seconds, as: "objective for the time to first token") s to the first token" : nil
        },
        objectives.perOutputToken.flatMap {
            guard $0.isDefault else { return nil }
            let milliseconds =
                $0.seconds.named("objective for the time per output token", "s") * .constant(1000, "ms/s")
            return
                "\(milliseconds.named("objective for the time per output token in ms", "ms"), .rounded(0)) ms per output token"
        },
    ]
    let named = parts.compactMap { $0 }
    guard !named.isEmpty else { return "" }
    return
        " Its spec asks for no such latency: it is planned for the default\(named.count > 1 ? "s" : "") of its class, \(named.joined(separator: " and ")); `none` in its `sla` plans without."
}

/// What the latencies of the models are: promised for a percentile, or measured.
private func latencyNote(_ plan: Plan) -> ReasonedText {
    let usual = (Defaults.percentile.reasoned * 100).named("percentile without an SLA", "%")
    let promised: ReasonedText =
        plan.models.contains { $0.placement.spec.measured == nil }
        ? " Latencies are promised for the percentile of the SLA, else for \(usual, .rounded(0))% of the requests." : ""
    let measured =
        plan.models.contains { $0.placement.spec.measured != nil }
        ? " Those of models with `measured` are the measured means, or predicted for the measured sequences without a wait."
        : ""
    return "\(promised)\(measured)"
}

/// A time to first token as people read it: seconds where there are many.
private func firstToken(_ seconds: Traced<Double>, of model: String) -> ReasonedText {
    let name = "time to first token of \(model)"
    if seconds.value >= 10 { return "\(seconds, as: name, .rounded(1)) s" }
    let milliseconds = seconds.named(name, "s") * .constant(1000, "ms/s")
    return "\(milliseconds.named("\(name) in ms", "ms"), .rounded(0)) ms"
}

/// The GPU of a replica, or its share of one.
private func share(_ placement: Placement) -> ReasonedText {
    let gpu = placement.shape.accelerator.gpu.id
    let claimed = placement.usesDRA ? " (claimed)" : ""
    func sharers(_ count: Int) -> Traced<Int> { Traced(count, placement.spec.gpu.share.origin) }
    let name = "replicas that share a GPU of \(placement.name)"
    return switch placement.nodes.layout {
    case .whole: "\(gpu)\(claimed)"
    case .mig(let slice) where slice.sharers > 1:
        "\(gpu) MIG \(slice.profile) ÷ \(sharers(slice.sharers), as: name) side by side\(claimed)"
    case .mig(let slice): "\(gpu) MIG \(slice.profile)\(claimed)"
    case .timeSlicing(let replicas): "\(gpu) ÷ \(sharers(replicas), as: name) in turns\(claimed)"
    case .mps(let replicas): "\(gpu) ÷ \(sharers(replicas), as: name) side by side\(claimed)"
    }
}

/// The loads of one replica at which things happen.
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
        "model", "of one replica", "scale down", "scale up", "warning", "critical", "limit", "cooldown",
        "scale-down window",
    ]
    let longest = (Thresholds.longestStabilization.reasoned / .constant(60, "s/min"))
        .named("longest stabilization window in minutes", "min")
    return """
        ## Thresholds

        \(Table(head: head, rows: rows).text)
        The scale-down window is the longer of cooldown and cold start, and at most \(longest) minutes.

        """
}

/// What each pool holds and costs.
private func poolSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.pools.map { pool -> [ReasonedText] in
        let name = pool.name.value
        let group = pool.group == nil ? "" : ", node group"
        return [
            "\(name)", "\(pool.hardware.capacityTypes.map(\.value).joined(separator: ", "))\(group)",
            "\(pool.hardware.types.map(\.name).joined(separator: ", "))", "\(pool.size.nodes, as: "nodes of \(name)")",
            "\(pool.size.gpus, as: "GPUs of \(name)")",
        ] + costs(plan.money.pools.first { $0.pool == name })
    }
    let idle = plan.money.pools.filter { cost in !plan.pools.contains { $0.name.value == cost.pool } }.map { cost in
        ["\(cost.pool)", "reserved, idle", "", "", ""] + costs(cost)
    }
    let head = ["pool", "capacity", "types", "nodes", "GPUs", "expected $/month", "worst $/month"]
    return "## Pools\n\n\(Table(head: head, rows: rows + idle).text)"
}

/// The expected and the worst cost of a pool.
private func costs(_ cost: PoolCost?) -> [ReasonedText] {
    guard let cost else { return ["–", "–"] }
    return [
        dollars(cost.expectedPerMonth, "expected cost of \(cost.pool)"),
        dollars(cost.worstPerMonth, "worst cost of \(cost.pool)"),
    ]
}
