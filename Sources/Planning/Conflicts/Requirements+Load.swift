import Diagnostics
import Groundwork

/// The traffic that a model must carry, and its replicas.
func loadRequirements(_ model: ModelSpec) -> [Requirement] {
    var requirements: [Requirement?] = []
    if let traffic = model.traffic {
        let (steady, peak) = (traffic.steady.value, traffic.peak.value)
        requirements.append(
            Requirement(model, "must carry \(plainly(steady)) requests/s of steady traffic", at: traffic.steady.range) {
                $0.traffic?.steady = traffic.steady.trying(0)
            } weaken: { _ in
                rates("steady", traffic.steady, from: steady, down: 0)
            })
        if peak > steady {
            requirements.append(
                Requirement(model, "must carry \(plainly(peak)) requests/s of peak traffic", at: traffic.peak.range) {
                    let lowest = $0.traffic?.steady.value ?? steady
                    $0.traffic?.peak = traffic.peak.trying(lowest)
                } weaken: { _ in
                    rates("peak", traffic.peak, from: peak, down: steady)
                })
        }
    }
    if let replicas = model.replicas {
        let (least, most) = (replicas.min.value, replicas.max.value)
        requirements.append(
            Requirement(model, "must have at least \(least) replicas", at: least > 1 ? replicas.min.range : nil) {
                $0.replicas?.min = replicas.min.trying(1)
            } weaken: { _ in
                counts("min", replicas.min, from: least, down: 1)
            })
        requirements.append(
            Requirement(model, "may scale up to \(most) replicas", at: most > least ? replicas.max.range : nil) {
                let lowest = $0.replicas?.min.value ?? least
                $0.replicas?.max = replicas.max.trying(lowest)
            } weaken: { _ in
                counts("max", replicas.max, from: most, down: least)
            })
    }
    requirements.append(
        Requirement(model, "has the class `\(model.workloadClass.value.rawValue)`", at: model.workloadClass.range) {
            $0.workloadClass = Traced(.batch, .convention("the requirement is dropped"))
        } weaken: { _ in
            model.workloadClass.range.map { [SpecEdit("class", $0, "batch")] } ?? []
        })
    requirements.append(
        Requirement(
            model, "keeps spare replicas for a lost node, as its priority is `\(model.priority.value.rawValue)`",
            at: model.priority.value == .bestEffort ? nil : model.priority.range
        ) {
            $0.priority = Traced(.bestEffort, .convention("the requirement is dropped"))
        } weaken: { _ in
            model.priority.range.map { [SpecEdit("priority", $0, "best-effort")] } ?? []
        })
    return requirements.compactMap { $0 }
}

/// The context and the latency targets of a model.
func objectiveRequirements(_ model: ModelSpec) -> [Requirement] {
    let context = model.context
    let least = leastContext(model)
    let contextRequirement = Requirement(
        model, "must serve sequences of \(contextLength(context?.value ?? 0)) tokens", at: context?.range
    ) {
        $0.context = context.map { $0.map { min($0, least) } }
    } weaken: { _ in
        guard let context, let range = context.range else { return [] }
        return contextLengths.filter { $0 < context.value && $0 >= least }.map {
            SpecEdit("context", range, contextLength($0))
        }
    }
    let first = model.sla.timeToFirstToken
    let firstRequirement = Requirement(
        model, "has a target of \(inWords(first?.seconds.value ?? 0)) for time to first token", at: first?.seconds.range
    ) {
        $0.sla.ttft = .none(nil)
    } weaken: { _ in
        latencies("timeToFirstToken", first, MetricName.timeToFirstToken.metric.bounds)
    }
    let tpot = model.sla.timePerOutputToken
    let tpotRequirement = Requirement(
        model, "has a target of \(inWords(tpot?.seconds.value ?? 0)) for time per output token", at: tpot?.seconds.range
    ) {
        $0.sla.tpot = .none(nil)
    } weaken: { _ in
        latencies("timePerOutputToken", tpot, MetricName.timePerOutputToken.metric.bounds)
    }
    let whole = model.sla.endToEndLatency
    let wholeRequirement = Requirement(
        model, "has a target of \(inWords(whole?.seconds.value ?? 0)) for end-to-end latency", at: whole?.seconds.range
    ) {
        $0.sla.endToEnd = .none(nil)
    } weaken: { _ in
        latencies("endToEndLatency", whole, MetricName.endToEndLatency.metric.bounds)
    }
    return [contextRequirement, firstRequirement, tpotRequirement, wholeRequirement].compactMap { $0 }
}

/// Longer latency targets, at the buckets of vLLM's histograms.
private func latencies(_ key: String, _ target: LatencyTarget?, _ buckets: [Double]) -> [SpecEdit] {
    guard let target, let range = target.seconds.range else { return [] }
    return buckets.filter { $0 > target.seconds.value }.map { bucket in
        SpecEdit(TextEdit(range, inWords(bucket)), as: "\(key): {p\(target.percentile.value): \(inWords(bucket))}")
    }
}

/// Rates lower than a given one, in steps of 5%.
private func rates(_ key: String, _ rate: Traced<Double>, from most: Double, down least: Double) -> [SpecEdit] {
    guard let range = rate.range else { return [] }
    let steps = stride(from: 0.95, through: 0.05, by: -0.05).map { (most * $0).rounded(most < 10 ? 2 : 1) }
    let rates = steps.filter { $0 > least } + (least > 0 ? [least] : [])
    return rates.filter { $0 > 0 }.map { SpecEdit(key, range, plainly($0)) }
}

/// Fewer replicas than a given number.
private func counts(_ key: String, _ count: Traced<Int>, from most: Int, down least: Int) -> [SpecEdit] {
    guard let range = count.range, most > least else { return [] }
    return (least..<most).reversed().map { SpecEdit(key, range, "\($0)") }
}
