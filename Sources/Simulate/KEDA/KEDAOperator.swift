import Groundwork

/// KEDA's operator for one ScaledObject: the polling loop that scales from and to zero, and the metrics that it serves to the HPA.
///
/// Both of them count the failures of a trigger; they do so one after the other here, while concurrent patches may lose one in KEDA.
package struct KEDAOperator: Sendable, Hashable {
    package private(set) var spec: ScaledObjectSpec
    /// The date at the start of virtual time.
    package let epoch: Instant
    package let created: VirtualTime
    /// `status.lastActiveTime`, in whole seconds.
    package private(set) var lastActive: VirtualTime?
    /// When it polls next; nil while it is paused.
    package private(set) var next: VirtualTime?
    package private(set) var decision = KEDADecision()
    /// The failures in a row of each trigger.
    private var failures: [Int]
    /// What the last poll stored for each trigger that is cached; nil before.
    private var cache: [Stored?]

    /// What a poll stores: a value, or that there was none.
    private enum Stored: Sendable, Hashable { case value(Int), failed }

    /// A ScaledObject that is created at a moment; it is polled at once.
    package init(_ spec: ScaledObjectSpec, created: VirtualTime, epoch: Instant) {
        self.spec = spec
        self.created = created
        self.epoch = epoch
        failures = spec.triggers.map { _ in 0 }
        cache = spec.triggers.map { _ in nil }
        next = spec.isScaling ? created : nil
    }

    /// Takes an edited object: it polls at once, and forgets stored values.
    package mutating func edit(_ edited: ScaledObjectSpec, at now: VirtualTime) {
        let known = zip(spec.triggers, failures).map { ($0, $1) }
        failures = edited.triggers.map { trigger in known.first { $0.0 == trigger }?.1 ?? 0 }
        spec = edited
        restart(at: now)
    }

    /// Starts the operator anew: stored values are lost, what the object's status has is kept.
    package mutating func restart(at now: VirtualTime) {
        cache = spec.triggers.map { _ in nil }
        next = spec.isScaling ? now : nil
    }

    /// Polls the triggers, and decides between zero or idle and the minimum.
    ///
    /// `read` gives what the source of the trigger with an index answers.
    package mutating func poll(at now: VirtualTime, _ target: KEDATarget, read: (Int) -> TriggerReading)
        -> KEDADecision
    {
        guard spec.isScaling else { return KEDADecision() }
        next = now + spec.pollingMilliseconds
        var results: [TriggerResult] = []
        for index in spec.triggers.indices where !spec.triggers[index].isOfPods {
            let value = spec.triggers[index].value(read(index), at: instant(now))
            let result = result(index, value?.milli, target)
            if spec.triggers[index].isCached { cache[index] = result.milli.map { .value($0) } ?? .failed }
            results.append(result.active(value?.isActive ?? false))
        }
        let state = KEDAState(
            isActive: isActive(results), isError: results.contains { $0.milli == nil },
            replicas: target.replicas, created: created, lastActive: lastActive)
        decision = spec.requestScale(state, at: now)
        if decision.refreshes { lastActive = .seconds(now.wholeSeconds) }
        return decision
    }

    /// Answers the HPA's question for a metric.
    package mutating func metric(
        _ source: KEDASource, at now: VirtualTime, _ target: KEDATarget, read: (Int) -> TriggerReading
    ) -> MetricReading {
        var results: [TriggerResult] = []
        switch source {
        case .pods: return .failed
        case .trigger(let index): results = [serve(index, now, target, read)]
        case .composite:
            for index in spec.triggers.indices where !spec.triggers[index].isOfPods {
                results.append(serve(index, now, target, read))
            }
        }
        if !results.contains(where: \.isFallback), results.contains(where: { $0.milli == nil }) { return .failed }
        if let modifiers = spec.modifiers { return composite(modifiers, results).map { .value($0) } ?? .failed }
        return results.first?.milli.map { .value($0) } ?? .failed
    }

    /// The result of a trigger for the HPA: read now, or as the last poll stored it.
    private mutating func serve(
        _ index: Int, _ now: VirtualTime, _ target: KEDATarget, _ read: (Int) -> TriggerReading
    ) -> TriggerResult {
        let trigger = spec.triggers[index]
        guard trigger.isCached, let stored = cache[index] else {
            return result(index, trigger.value(read(index), at: instant(now))?.milli, target)
        }
        if case .value(let milli) = stored { return result(index, milli, target) }
        return result(index, nil, target)
    }

    /// Counts the failures of a trigger, and falls back where there are too many.
    private mutating func result(_ index: Int, _ milli: Int?, _ target: KEDATarget) -> TriggerResult {
        let trigger = spec.triggers[index]
        guard let fallback = spec.fallback, fallback.isValid(spec.modifiers) else {
            return TriggerResult(trigger, milli)
        }
        guard milli == nil else {
            failures[index] = 0
            return TriggerResult(trigger, milli)
        }
        failures[index] += 1
        guard failures[index] > fallback.failureThreshold else { return TriggerResult(trigger, nil) }
        if fallback.behavior == .scalingModifiers {
            // A placeholder that the formula sees as nil; without a formula the HPA is given it.
            return TriggerResult(trigger, -1000, isNull: true)
        }
        let replacement = fallback.milli(trigger, spec.modifiers, target)
        return TriggerResult(trigger, replacement, isFallback: replacement != nil)
    }

    /// Whether a poll found anything active.
    private func isActive(_ results: [TriggerResult]) -> Bool {
        let isError = results.contains { $0.milli == nil }
        if spec.hasOnlyPodTriggers { return !isError }
        guard let modifiers = spec.modifiers else {
            return results.contains { $0.milli != nil && ($0.isActive || $0.isFallback) }
        }
        guard !isError, let milli = composite(modifiers, results) else { return false }
        return Double(milli) * 1e-3 > modifiers.activation
    }

    /// The value of the formula, or of a fallback, which replaces it, in thousandths; nil where there is none.
    private func composite(_ modifiers: ScalingModifiers, _ results: [TriggerResult]) -> Int? {
        if let fallback = results.first(where: \.isFallback) { return fallback.milli }
        let value = modifiers.formula.value { name in
            results.first { $0.name == name }.flatMap { result in
                result.isNull ? .null : result.milli.map { .number(Double($0) * 1e-3) }
            }
        }
        switch value {
        case .number(let number): return (number * 1000).truncated
        case .null: return spec.fallback.map { (Double($0.replicas) * modifiers.target * 1000).truncated }
        case .boolean, .list, nil: return nil
        }
    }

    private func instant(_ now: VirtualTime) -> Instant { Instant(seconds: epoch.seconds + now.wholeSeconds) }
}

/// What became of one trigger.
private struct TriggerResult {
    let name: String
    /// Thousandths; nil for an error.
    let milli: Int?
    var isFallback = false
    /// Whether the formula sees nil.
    var isNull = false
    var isActive = false

    init(_ trigger: KEDATrigger, _ milli: Int?, isFallback: Bool = false, isNull: Bool = false) {
        name = trigger.name
        self.milli = milli
        self.isFallback = isFallback
        self.isNull = isNull
    }

    /// The same, active or not.
    func active(_ isActive: Bool) -> TriggerResult {
        var result = self
        result.isActive = isActive
        return result
    }
}
