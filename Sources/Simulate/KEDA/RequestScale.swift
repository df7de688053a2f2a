/// What the poll of a ScaledObject found.
package struct KEDAState: Sendable, Hashable {
    package var isActive: Bool
    package var isError: Bool
    package var replicas: Int32
    package var created: VirtualTime
    package var lastActive: VirtualTime?

    package init(
        isActive: Bool, isError: Bool, replicas: Int32, created: VirtualTime, lastActive: VirtualTime?
    ) {
        self.isActive = isActive
        self.isError = isError
        self.replicas = replicas
        self.created = created
        self.lastActive = lastActive
    }
}

/// What KEDA's operator does after a poll.
package struct KEDADecision: Sendable, Hashable {
    package enum Active: String, Sendable {
        case active = "ScalerActive"
        case inactive = "ScalerNotActive"
        case coolingDown = "ScalerCooldown"
    }

    package enum Ready: String, Sendable {
        case ready = "ScaledObjectReady"
        case someFail = "PartialTriggerError"
        case fails = "TriggerError"
    }

    /// The replicas it writes, even if they are the present ones; nil if it writes nothing.
    package var written: Int32?
    /// Whether now becomes the time of the last activity.
    package var refreshes = false
    /// The reason of the condition Active; nil if it is left.
    package var active: Active?
    package var ready = Ready.ready
}

extension ScaledObjectSpec {
    /// Decides after a poll: `RequestScale` of `pkg/scaling/executor`, release 2.20.
    ///
    /// The operator scales between zero or idle and the minimum; all else is the HPA's.
    package func requestScale(_ state: KEDAState, at now: VirtualTime) -> KEDADecision {
        var decision = KEDADecision()
        guard isScaling else { return decision }
        let least = minReplicas ?? 0
        if state.isActive || forcesActivation {
            decision.active = .active
            if idleReplicas != nil && state.replicas < least || state.replicas == 0 {
                guard !pausesScaleOut else { return decision }
                decision.written = least > 0 ? least : 1
                decision.refreshes = true
            } else if state.isError {
                decision.ready = .someFail
            } else {
                decision.refreshes = true
            }
            return decision
        }
        decision.active = .inactive
        if state.isError, let fallback, fallback.replicas != 0 { return decision }
        if state.isError, fallback == nil {
            decision.ready = .fails
        } else if idleReplicas.map({ state.replicas > $0 }) ?? false || state.replicas > 0 && least == 0 {
            guard !pausesScaleIn else { return decision }
            if hasCooledDown(state, at: now) {
                decision.written = idleReplicas ?? least
            } else {
                decision.active = .coolingDown
            }
        } else if idleReplicas == nil, state.replicas < least {
            decision.written = least
        }
        return decision
    }

    /// Whether the cooldown has passed; exactly its length is not enough.
    private func hasCooledDown(_ state: KEDAState, at now: VirtualTime) -> Bool {
        guard let lastActive = state.lastActive else { return state.created + initialCooldownMilliseconds < now }
        return lastActive + cooldownMilliseconds < now
    }
}
