/// A ScaledObject: its spec, and the annotations that its controller follows.
package struct ScaledObjectSpec: Sendable, Hashable {
    /// Whether an annotation stops all scaling.
    package enum Pause: Sendable, Hashable {
        case none
        /// At the replicas that there are.
        case atCurrent
        case at(Int32)
    }

    package var minReplicas: Int32?
    package var maxReplicas: Int32?
    package var idleReplicas: Int32?
    /// In seconds; so are the periods.
    package var pollingInterval: Int?
    package var cooldownPeriod: Int?
    package var initialCooldownPeriod: Int?
    package var triggers: [KEDATrigger]
    package var fallback: KEDAFallback?
    package var modifiers: ScalingModifiers?
    package var behavior: WrittenBehavior?
    package var pause: Pause
    package var pausesScaleIn: Bool
    package var pausesScaleOut: Bool
    package var forcesActivation: Bool

    package init(
        minReplicas: Int32? = nil, maxReplicas: Int32? = nil, idleReplicas: Int32? = nil, pollingInterval: Int? = nil,
        cooldownPeriod: Int? = nil, initialCooldownPeriod: Int? = nil, triggers: [KEDATrigger] = [],
        fallback: KEDAFallback? = nil, modifiers: ScalingModifiers? = nil, behavior: WrittenBehavior? = nil,
        pause: Pause = .none, pausesScaleIn: Bool = false, pausesScaleOut: Bool = false, forcesActivation: Bool = false
    ) {
        self.minReplicas = minReplicas
        self.maxReplicas = maxReplicas
        self.idleReplicas = idleReplicas
        self.pollingInterval = pollingInterval
        self.cooldownPeriod = cooldownPeriod
        self.initialCooldownPeriod = initialCooldownPeriod
        self.triggers = triggers
        self.fallback = fallback
        self.modifiers = modifiers
        self.behavior = behavior
        self.pause = pause
        self.pausesScaleIn = pausesScaleIn
        self.pausesScaleOut = pausesScaleOut
        self.forcesActivation = forcesActivation
    }

    // Defaults of `apis/keda/v1alpha1` and `pkg/scaling/executor` of KEDA.
    var pollingMilliseconds: Int { (pollingInterval ?? 30) * 1000 }
    var cooldownMilliseconds: Int { (cooldownPeriod ?? 300) * 1000 }
    var initialCooldownMilliseconds: Int { (initialCooldownPeriod ?? 0) * 1000 }
    private static let mostReplicas: Int32 = 100

    /// Whether the HPA exists and triggers are polled.
    package var isScaling: Bool { pause == .none }

    /// Whether no trigger has an activity of its own.
    var hasOnlyPodTriggers: Bool { triggers.allSatisfy(\.isOfPods) }

    /// The HPA that KEDA makes of it.
    package var autoscaler: HPASpec {
        HPASpec(
            minReplicas: minReplicas.map { $0 > 0 ? $0 : 1 } ?? 1, maxReplicas: maxReplicas ?? Self.mostReplicas,
            metrics: metrics.map(\.metric), behavior: pausedBehavior.map { ScalingBehavior(up: $0.up, down: $0.down) })
    }

    /// Pausing one direction disables it, which makes a `behavior` where there was none.
    private var pausedBehavior: WrittenBehavior? {
        guard pausesScaleIn || pausesScaleOut else { return behavior }
        var paused = behavior ?? WrittenBehavior()
        if pausesScaleIn { paused.down = paused.down.disabled }
        if pausesScaleOut { paused.up = paused.up.disabled }
        return paused
    }
}

/// The `behavior` of an object as it is written.
package struct WrittenBehavior: Sendable, Hashable {
    package var up: WrittenScalingRules?
    package var down: WrittenScalingRules?

    package init(up: WrittenScalingRules? = nil, down: WrittenScalingRules? = nil) {
        self.up = up
        self.down = down
    }
}

extension WrittenScalingRules? {
    /// The same rules without any change.
    fileprivate var disabled: WrittenScalingRules {
        var rules = self ?? WrittenScalingRules()
        rules.select = .disabled
        return rules
    }
}
