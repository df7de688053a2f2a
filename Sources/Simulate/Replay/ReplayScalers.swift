import Groundwork

extension Replay {
    /// Lets each autoscaler act that is due.
    mutating func stepScalers() {
        let isUp = hasPrometheus
        for place in workloads.indices {
            guard let due = workloads[place].next, due <= now else { continue }
            let before = workloads[place].replicas
            let queries = input.tree.queries[place]
            var values: [Int: Double?] = [:]
            if isUp {
                for (index, query) in queries {
                    values[index] = workloads[place].workload.isRecorded ? recorded[place][index] : value(of: query)
                }
            }
            workloads[place].step(
                at: now,
                trigger: { index in
                    guard isUp, queries[index] != nil else { return .failed }
                    return values[index].flatMap { $0 }.map { .value($0) } ?? .empty
                },
                metric: { index in
                    values[index].flatMap { $0 }.map { .value(($0 * 1000).wholeUp) } ?? .failed
                })
            reconciles += 1
            let after = workloads[place].replicas
            note(place, before, after, values, isUp)
            if before != after { isChanged = true }
        }
    }

    /// Tells a change of the replicas with its reason, and remembers what holds one back.
    private mutating func note(_ place: Int, _ before: Int, _ after: Int, _ values: [Int: Double?], _ isUp: Bool) {
        let workload = workloads[place]
        let decision = workload.decision
        if before == after {
            guard let recommendation = decision?.recommendation, Int(recommendation) != before else {
                if decision?.isError ?? false, !isUp {
                    hold(place, more: true, "no metric: Prometheus is down")
                } else if decision?.recommendation != nil {
                    (workloads[place].wanting, workloads[place].held) = (nil, [])
                }
                return
            }
            hold(place, more: Int(recommendation) > before, reason(workload, Int(recommendation), before))
            return
        }
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
            hold(place, more: after > before, reason(workloads[place], Int(wanted), after))
        }
    }

    private mutating func hold(_ place: Int, more: Bool, _ reason: String) {
        if workloads[place].wanting?.more != more {
            workloads[place].wanting = (now, more)
            workloads[place].held = []
        }
        if !workloads[place].held.contains(reason) { workloads[place].held.append(reason) }
    }

    /// Why a recommendation is not followed, or not all of it.
    private func reason(_ workload: WorkloadRun, _ wanted: Int, _ replicas: Int) -> String {
        guard let autoscaler = workload.autoscaler else { return "paused" }
        switch autoscaler.conditions.scalingLimited.flatMap({ $0.isTrue ? $0.reason : nil }) {
        case .scaleUpLimit: return "policy for scaling up"
        case .scaleDownLimit: return "policy for scaling down"
        case .tooManyReplicas: return "maxReplicas \(autoscaler.spec.maxReplicas)"
        case .tooFewReplicas: return "minReplicas \(autoscaler.spec.minimum)"
        default: break
        }
        let behavior = autoscaler.spec.behavior
        return wanted < replicas
            ? "stabilization window of \(behavior?.down.window.map { Int($0) } ?? 300) s for scaling down"
            : "stabilization window of \(behavior?.up.window.map { Int($0) } ?? 0) s for scaling up"
    }

    /// What held a change back, and for how long.
    private func delay(_ workload: WorkloadRun, more: Bool) -> String {
        guard let wanting = workload.wanting, wanting.more == more, !workload.held.isEmpty, now - wanting.since >= 1000
        else { return "" }
        return "wanted for \((now - wanting.since) / 1000) s: \(workload.held.joined(separator: ", then "))"
    }

    /// The rule behind a change of the replicas.
    private func changeRule(
        _ workload: WorkloadRun, _ before: Int, _ after: Int, _ values: [Int: Double?], _ isUp: Bool
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
            guard let value = values[index] ?? nil else { return nil }
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
        return "\(text) asks for \(wanted); \(reason(workload, wanted, after))"
    }
}

extension Double {
    /// A whole number at or above it, as `Quantity.MilliValue` rounds.
    fileprivate var wholeUp: Int { Int(exactly: rounded(.up)) ?? .max }

    /// The number with at most two decimals.
    var short: String { Notation.plain.text(rounded(2)) }
}
