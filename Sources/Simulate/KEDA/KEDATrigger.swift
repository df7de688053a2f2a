import Groundwork

/// A trigger of a ScaledObject.
package struct KEDATrigger: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A query; whether an empty result, NaN and infinities count as zero.
        case prometheus(query: String, ignoresNull: Bool)
        case cron(CronTrigger)
        /// CPU or memory of pods, or of one of their containers: the HPA reads it itself.
        case resource(HPAMetric)
        /// Another scaler, which is known by its value alone.
        case other(String)
    }

    package let kind: Kind
    package let name: String
    /// The target; zero or more.
    package let threshold: Double
    package let activation: Double
    /// Whether the target is one for all replicas instead of one for each.
    package let isTotal: Bool
    /// Whether the HPA is given the value of the last poll.
    package let isCached: Bool

    package init(
        _ kind: Kind, name: String = "", threshold: Double = 0, activation: Double = 0, isTotal: Bool = false,
        isCached: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.threshold = threshold
        self.activation = activation
        self.isTotal = isTotal
        self.isCached = isCached
    }

    /// Whether it measures pods, so that it has no value at zero replicas.
    var isOfPods: Bool { if case .resource = kind { true } else { false } }

    /// The target in thousandths.
    var milli: Int { threshold.quantity }
}

/// A trigger with a number of replicas in a window of time.
package struct CronTrigger: Sendable, Hashable {
    package let start: CronSchedule
    package let end: CronSchedule
    package let zone: ZoneClock
    package let replicas: Int

    package init(start: CronSchedule, end: CronSchedule, zone: ZoneClock, replicas: Int) {
        self.start = start
        self.end = end
        self.zone = zone
        self.replicas = replicas
    }

    /// Whether a moment is inside: the end comes before the next start.
    ///
    /// A schedule without a match counts as one long ago, as Go's zero time does.
    package func holds(at instant: Instant) -> Bool {
        let local = zone.local(instant)
        guard let start = start.next(after: local) else { return true }
        guard let end = end.next(after: local) else { return false }
        return start >= end
    }
}

/// What a scaler of KEDA gets from its source.
package enum TriggerReading: Sendable, Hashable {
    case value(Double)
    /// No element, or one without a value.
    case empty
    /// Several elements, a status of HTTP that is no success, or no answer.
    case failed
}

/// What a scaler gives to KEDA; thousandths.
struct TriggerValue: Sendable, Hashable {
    let milli: Int
    let isActive: Bool
}

extension KEDATrigger {
    /// Makes a value of a reading; nil for an error, and for triggers of pods.
    func value(_ reading: @autoclosure () -> TriggerReading, at instant: Instant) -> TriggerValue? {
        switch kind {
        case .resource: return nil
        case .cron(let cron):
            let isInside = cron.holds(at: instant)
            return TriggerValue(milli: isInside ? cron.replicas * 1000 : 0, isActive: isInside)
        case .prometheus(_, let ignoresNull):
            let none = ignoresNull ? TriggerValue(milli: 0, isActive: activation < 0) : nil
            switch reading() {
            case .value(let value) where value.isFinite:
                return TriggerValue(milli: value.quantity, isActive: value > activation)
            case .value, .empty: return none
            case .failed: return nil
            }
        case .other:
            guard case .value(let value) = reading() else { return nil }
            return TriggerValue(milli: value.quantity, isActive: value > activation)
        }
    }
}

extension Double {
    /// Thousandths of what KEDA makes a quantity of: nothing that is negative or not finite.
    var quantity: Int { isFinite && self > 0 ? milli : 0 }
}
