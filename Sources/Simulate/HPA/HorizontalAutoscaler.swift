/// The controller of one HorizontalPodAutoscaler: `pkg/controller/podautoscaler` of Kubernetes, in virtual time.
package struct HorizontalAutoscaler: Sendable, Hashable {
    /// The object's spec; an edit of the object is an assignment.
    package var spec: HPASpec
    package let settings: HPASettings
    package private(set) var conditions = HPAConditions()
    /// `status.desiredReplicas`: zero before the first success.
    package private(set) var statusDesired: Int32 = 0
    /// When it reconciles next.
    package private(set) var next: VirtualTime
    private var recommendations = Recommendations()
    private var ups = ScaleEvents()
    private var downs = ScaleEvents()

    /// An object that the controller sees for the first time at a moment.
    package init(_ spec: HPASpec, _ settings: HPASettings, seen: VirtualTime) {
        self.spec = spec
        self.settings = settings
        next = seen + settings.syncPeriod
    }

    /// Forgets what only the controller's memory holds, as when it restarts or another replica of it leads.
    ///
    /// With a moment, the object is seen anew then, and reconciled a period later.
    package mutating func restart(at now: VirtualTime? = nil) {
        recommendations = Recommendations()
        ups = ScaleEvents()
        downs = ScaleEvents()
        if let now { next = now + settings.syncPeriod }
    }

    /// Reconciles once.
    ///
    /// `metrics` has one reading for each metric of the spec, in its order. Without a scale the target could not be read.
    package mutating func step(
        at now: VirtualTime, scale: ScaleReading?, metrics: [MetricReading], write: WriteOutcome = .succeeds
    ) -> HPADecision {
        next = now + settings.syncPeriod
        guard let scale else {
            conditions.ableToScale = .init(false, .failedGetScale)
            return HPADecision(replicas: nil, isError: true)
        }
        conditions.ableToScale = .init(true, .succeededGetScale)
        if recommendations.isEmpty { recommendations.begin(scale.spec, at: now) }

        var decision = HPADecision(replicas: scale.spec)
        var desired: Int32
        if isDisabled(scale.spec) {
            conditions.scalingActive = .init(false, .scalingDisabled)
            desired = 0
        } else if scale.spec > spec.maxReplicas {
            desired = spec.maxReplicas
        } else if scale.spec != 0, scale.spec < spec.minimum {
            desired = spec.minimum
        } else {
            let proposed = propose(scale, metrics, now, &decision.isError)
            guard let proposed else { return decision }
            desired = max(0, proposed)
            decision.recommendation = desired
            desired = spec.behavior.map { behaved(desired, scale.spec, $0, now) } ?? plain(desired, scale.spec, now)
            if scale.spec == 0, spec.minimum != 0 { desired = max(desired, spec.minimum) }
        }
        if desired != scale.spec {
            guard let attempts = attempts(write) else {
                next = next + retries(write) * settings.retryDelay
                conditions.ableToScale = .init(false, .failedUpdateScale)
                decision.isError = true
                return decision
            }
            let written = now + attempts * settings.retryDelay
            next = next + attempts * settings.retryDelay
            conditions.ableToScale = .init(true, .succeededRescale)
            wrote(desired, over: scale.spec, at: written)
            decision.replicas = desired
            decision.hasWritten = true
        }
        statusDesired = desired
        return decision
    }

    /// Whether a reconcile with so many replicas reads the metrics.
    package func readsMetrics(_ replicas: Int32) -> Bool {
        !isDisabled(replicas) && replicas <= spec.maxReplicas && (replicas == 0 || replicas >= spec.minimum)
    }

    /// Whether zero replicas stop it.
    private func isDisabled(_ replicas: Int32) -> Bool {
        guard replicas == 0 else { return false }
        switch settings.zero {
        case .disables: return true
        case .followsMinimum: return spec.minimum != 0
        case .followsCondition:
            return !(conditions.isScaledToZero && (spec.minimum != 0 || spec.hasMetricWithoutPods))
        }
    }

    /// The replicas that the metrics propose; nil if they cannot be followed.
    private mutating func propose(
        _ scale: ScaleReading, _ metrics: [MetricReading], _ now: VirtualTime, _ isError: inout Bool
    ) -> Int32? {
        guard scale.selector == .valid else {
            conditions.scalingActive = .init(
                false, scale.selector == .invalid ? .invalidSelector : .ambiguousSelector)
            isError = true
            return nil
        }
        let proposal = Proposal(
            scale: scale, tolerances: Tolerances(spec.behavior, settings), settings: settings, now: now)
        var best: Int32 = 0
        var failures = 0
        var failure: HPAConditions.Reason?
        for (index, metric) in spec.metrics.enumerated() {
            let reading = index < metrics.count ? metrics[index] : .failed
            if let replicas = proposal.replicas(metric, reading) {
                if best == 0 || replicas > best { best = replicas }
            } else {
                failures += 1
                failure = failure ?? metric.kind.failure
            }
        }
        isError = failures > 0
        if failures == spec.metrics.count || failures > 0 && best < scale.spec {
            if let failure { conditions.scalingActive = .init(false, failure) }
            return nil
        }
        conditions.scalingActive = .init(true, .validMetricFound)
        return best
    }

    /// Limits a proposal without `behavior`.
    private mutating func plain(_ wanted: Int32, _ current: Int32, _ now: VirtualTime) -> Int32 {
        let stable = recommendations.greatest(wanted, window: settings.downscaleWindow, at: now)
        conditions.ableToScale = .init(true, stable == wanted ? .readyForNewScale : .scaleDownStabilized)
        // Replicas double at most, or grow to four.
        let limit = settings.int32(max(2 * Double(current), 4))
        let most = min(spec.maxReplicas, limit)
        if stable < spec.minimum { return limited(spec.minimum, .tooFewReplicas) }
        if stable > most { return limited(most, spec.maxReplicas > limit ? .scaleUpLimit : .tooManyReplicas) }
        return unlimited(stable)
    }

    /// Limits a proposal with `behavior`.
    private mutating func behaved(_ wanted: Int32, _ current: Int32, _ behavior: ScalingBehavior, _ now: VirtualTime)
        -> Int32
    {
        let range = recommendations.range(
            wanted, up: behavior.up.window.map { Int($0) * 1000 } ?? 0,
            down: behavior.down.window.map { Int($0) * 1000 } ?? settings.downscaleWindow, at: now)
        let stable = min(max(current, range.least), range.greatest)
        let held: HPAConditions.Reason = wanted >= current ? .scaleUpStabilized : .scaleDownStabilized
        conditions.ableToScale = .init(true, stable == wanted ? .readyForNewScale : held)
        if stable > current {
            let limit = max(current, behavior.up.limitUp(current, ups, downs, settings, at: now))
            let most = min(spec.maxReplicas, limit)
            if stable > most { return limited(most, spec.maxReplicas > limit ? .scaleUpLimit : .tooManyReplicas) }
        } else if stable < current {
            let limit = min(current, behavior.down.limitDown(current, ups, downs, settings, at: now))
            let least = max(spec.minimum, limit)
            if stable < least { return limited(least, spec.minimum < limit ? .scaleDownLimit : .tooFewReplicas) }
        }
        return unlimited(stable)
    }

    private mutating func limited(_ replicas: Int32, _ reason: HPAConditions.Reason) -> Int32 {
        conditions.scalingLimited = .init(true, reason)
        return replicas
    }

    private mutating func unlimited(_ replicas: Int32) -> Int32 {
        conditions.scalingLimited = .init(false, .desiredWithinRange)
        return replicas
    }

    /// The attempts that conflict before a write succeeds; nil if it fails.
    private func attempts(_ write: WriteOutcome) -> Int? {
        switch write {
        case .succeeds: 0
        case .conflicts(let count): count < settings.writeAttempts ? count : nil
        case .fails: nil
        }
    }

    /// The pauses of a write that fails.
    private func retries(_ write: WriteOutcome) -> Int {
        if case .conflicts = write { settings.writeAttempts - 1 } else { 0 }
    }

    /// Remembers a write that succeeded.
    private mutating func wrote(_ replicas: Int32, over current: Int32, at time: VirtualTime) {
        conditions.isScaledToZero =
            settings.zero == .followsCondition && current > 0 && replicas == 0 && spec.minimum == 0
            && spec.hasMetricWithoutPods
        guard let behavior = spec.behavior else { return }
        if replicas > current {
            ups.store(replicas &- current, longestPeriod: behavior.up.longestPeriod, at: time)
        } else {
            downs.store(current &- replicas, longestPeriod: behavior.down.longestPeriod, at: time)
        }
    }
}

/// What a reconcile of an HPA did.
package struct HPADecision: Sendable, Hashable {
    /// `spec.replicas` of the target afterwards; nil if it could not be read.
    package var replicas: Int32?
    /// What the metrics propose, before windows and policies; nil if nothing was recorded.
    package var recommendation: Int32?
    package var hasWritten = false
    /// Whether the reconcile ended in an error, or went on in spite of one.
    package var isError = false
}
