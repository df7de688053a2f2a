/// `fallback` of a ScaledObject: the replicas while a trigger fails.
package struct KEDAFallback: Sendable, Hashable {
    package enum Behavior: String, Sendable {
        case fixed = "static"
        case currentReplicas, currentReplicasIfHigher, currentReplicasIfLower
        case scalingModifiers
    }

    package let failureThreshold: Int
    package let replicas: Int
    package let behavior: Behavior

    package init(failureThreshold: Int, replicas: Int, behavior: Behavior = .fixed) {
        self.failureThreshold = failureThreshold
        self.replicas = replicas
        self.behavior = behavior
    }

    /// Whether KEDA follows it.
    func isValid(_ modifiers: ScalingModifiers?) -> Bool {
        failureThreshold >= 0 && replicas >= 0 && modifiers.map { $0.isWhole && $0.target > 0 } ?? true
    }

    /// What is reported instead of a value, in thousandths; nil if nothing can be.
    func milli(_ trigger: KEDATrigger, _ modifiers: ScalingModifiers?, _ target: KEDATarget) -> Int? {
        let wanted: Int
        switch behavior {
        case .fixed: wanted = replicas
        case .currentReplicas: wanted = Int(target.replicas)
        case .currentReplicasIfHigher: wanted = max(Int(target.replicas), replicas)
        case .currentReplicasIfLower: wanted = min(Int(target.replicas), replicas)
        case .scalingModifiers: return nil
        }
        var share = Double(wanted)
        if modifiers?.isTotal ?? trigger.isTotal {
            guard target.ready > 0 else { return nil }
            share /= Double(target.ready)
        }
        // Go computes a quantity so.
        let unit = modifiers?.target ?? Double(trigger.milli) * 1e-3
        return (unit * 1000 * share).truncated
    }
}

/// The target of a ScaledObject as KEDA reads it.
package struct KEDATarget: Sendable, Hashable {
    /// `spec.replicas`.
    package var replicas: Int32
    /// Running and ready pods, those being deleted too.
    package var ready: Int

    package init(replicas: Int32, ready: Int) {
        self.replicas = replicas
        self.ready = ready
    }
}
