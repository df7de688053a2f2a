import Groundwork

extension Replay {
    /// Lets each autoscaler act that is due.
    mutating func stepScalers() {
        guard scalerDue <= now else { return }
        let isUp = hasPrometheus
        for place in scalers.indices where scalers[place] <= now {
            let before = workloads[place].replicas
            let values = readings(of: place, isUp)
            workloads[place].step(
                at: now,
                trigger: { index in
                    guard isUp, index < values.count, values[index].isQuery else { return .failed }
                    return values[index].value.map { .value($0) } ?? .empty
                },
                metric: { index in
                    guard index < values.count, let value = values[index].value else { return .failed }
                    return .value((value * 1000).wholeUp)
                })
            scalers[place] = workloads[place].next ?? .never
            reconciles += 1
            let after = workloads[place].replicas
            note(place, before, after, values, isUp)
            if before != after { isChanged = true }
        }
        scalerDue = scalers.min() ?? .never
    }

    /// What a trigger or metric with a query reads; nil for nothing.
    struct QueryReading {
        let isQuery: Bool
        let value: Double?
    }

    /// The results of the queries of a workload, by the index of the trigger or metric.
    private func readings(of place: Int, _ isUp: Bool) -> [QueryReading] {
        let queries = input.tree.queries[place]
        if workloads[place].workload.isRecorded {
            return queries.indices.map {
                QueryReading(isQuery: queries[$0] != nil, value: isUp ? recorded[place][$0] : nil)
            }
        }
        return queries.map { query in
            guard isUp, let query else { return QueryReading(isQuery: query != nil, value: nil) }
            return QueryReading(isQuery: true, value: value(of: query))
        }
    }

    /// Tells a change of the replicas with its reason, and remembers what holds one back.
    private mutating func note(_ place: Int, _ before: Int, _ after: Int, _ values: [QueryReading], _ isUp: Bool) {
        let decision = workloads[place].decision
        if before == after {
            guard let recommendation = decision?.recommendation, Int(recommendation) != before else {
                if decision?.isError ?? false, !isUp {
                    hold(place, more: true, .noMetric)
                } else if decision?.recommendation != nil, workloads[place].wanting != nil {
                    (workloads[place].wanting, workloads[place].held) = (nil, [])
                }
                return
            }
            let reason = workloads[place].reason(Int(recommendation), before)
            hold(place, more: Int(recommendation) > before, reason)
            return
        }
        // A copy: changes are rare.
        let workload = workloads[place]
        let delay = delay(workload, more: after > before)
        let rule = changeRule(workload, before, after, values, isUp)
        tell(.scaling, workload.workload.name, "\(before) → \(after): \(rule)", delay: delay)
        timeline.scaled(place, from: before, to: after, at: now)
        if after < before {
            workloads[place].lastScaleIn = now
        } else if let last = workload.lastScaleIn, now - last < 600_000, now >= .start {
            workloads[place].flaps += 1
            workloads[place].lastScaleIn = nil
        }
        (workloads[place].wanting, workloads[place].held) = (nil, [])
        // A policy may hold back the rest of the same wish.
        if let wanted = decision?.recommendation, Int(wanted) != after, (Int(wanted) > after) == (after > before) {
            hold(place, more: after > before, workloads[place].reason(Int(wanted), after))
        }
    }

    private mutating func hold(_ place: Int, more: Bool, _ reason: ScalingHold) {
        if workloads[place].wanting?.more != more {
            workloads[place].wanting = (now, more)
            workloads[place].held = []
        }
        if !workloads[place].held.contains(reason) { workloads[place].held.append(reason) }
    }

    /// What held a change back, and for how long.
    private func delay(_ workload: WorkloadRun, more: Bool) -> String {
        guard let wanting = workload.wanting, wanting.more == more, !workload.held.isEmpty, now - wanting.since >= 1000
        else { return "" }
        return
            "wanted for \((now - wanting.since) / 1000) s: \(workload.held.map(\.words).joined(separator: ", then "))"
    }

    /// The rule behind a change of the replicas.
    private func changeRule(
        _ workload: WorkloadRun, _ before: Int, _ after: Int, _ values: [QueryReading], _ isUp: Bool
    ) -> String {
        guard let autoscaler = workload.autoscaler, let decision = workload.decision, decision.hasWritten,
            Int(decision.replicas ?? -1) == after
        else {
            if workload.kedaDecision?.active == .inactive { return "KEDA: no trigger is active for the cooldown" }
            return "KEDA: a trigger is active"
        }
        if before > Int(autoscaler.spec.maxReplicas) { return "above maxReplicas" }
        if before < Int(autoscaler.spec.minimum) { return "below minReplicas" }
        if !isUp { return "fallback: Prometheus is down" }
        let parts = autoscaler.spec.metrics.indices.compactMap { index -> String? in
            guard index < values.count, let value = values[index].value else { return nil }
            switch autoscaler.spec.metrics[index].target {
            case .averageValue(let target):
                return "load \(value.short) at \((Double(target) / 1000).short) per replica"
            case .value(let target): return "load \(value.short) against \((Double(target) / 1000).short)"
            case .utilization: return nil
            }
        }
        let wanted = decision.recommendation.map { Int($0) } ?? after
        let text = parts.isEmpty ? "fallback or schedule" : parts.joined(separator: ", ")
        guard wanted != after else { return text }
        return "\(text) asks for \(wanted); \(workload.reason(wanted, after).words)"
    }
}

extension Double {
    /// A whole number at or above it, as `Quantity.MilliValue` rounds.
    fileprivate var wholeUp: Int { Int(exactly: rounded(.up)) ?? .max }

    /// The number with at most two decimals.
    var short: String { Notation.plain.text(rounded(2)) }
}
