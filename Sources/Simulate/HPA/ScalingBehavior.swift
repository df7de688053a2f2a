import Groundwork

/// The `behavior` of a HorizontalPodAutoscaler, with defaults filled in as the API server does.
package struct ScalingBehavior: Sendable, Hashable {
    package var up: ScalingRules
    package var down: ScalingRules

    /// A side that is not given has its defaults, and so has a field that is not given in a side.
    package init(up: WrittenScalingRules? = nil, down: WrittenScalingRules? = nil) {
        self.up = ScalingRules(
            window: up?.window ?? 0, select: up?.select ?? .max,
            policies: up?.policies ?? [.init(.pods, 4, period: 15), .init(.percent, 100, period: 15)],
            tolerance: up?.tolerance)
        self.down = ScalingRules(
            window: down?.window, select: down?.select ?? .max,
            policies: down?.policies ?? [.init(.percent, 100, period: 15)], tolerance: down?.tolerance)
    }
}

/// One direction of a `behavior` as an object says it.
package struct WrittenScalingRules: Sendable, Hashable {
    package var window: Int32?
    package var select: ScalingRules.Select?
    package var policies: [ScalingPolicy]?
    package var tolerance: Quantity?

    package init(
        window: Int32? = nil, select: ScalingRules.Select? = nil, policies: [ScalingPolicy]? = nil,
        tolerance: Quantity? = nil
    ) {
        self.window = window
        self.select = select
        self.policies = policies
        self.tolerance = tolerance
    }
}

/// One direction of a `behavior`.
package struct ScalingRules: Sendable, Hashable {
    /// Which policy decides, by the change it allows.
    package enum Select: String, Sendable { case max = "Max", min = "Min", disabled = "Disabled" }

    /// The stabilization window in seconds; nil for the flag of the controller.
    package var window: Int32?
    package var select: Select
    package var policies: [ScalingPolicy]
    package var tolerance: Quantity?

    /// The longest period of a policy in milliseconds.
    var longestPeriod: Int { policies.reduce(0) { max($0, $1.milliseconds) } }
}

/// How far replicas may change within a period.
package struct ScalingPolicy: Sendable, Hashable {
    package enum Kind: String, Sendable { case pods = "Pods", percent = "Percent" }

    package let kind: Kind
    package let value: Int32
    /// In seconds.
    package let period: Int32

    package init(_ kind: Kind, _ value: Int32, period: Int32) {
        self.kind = kind
        self.value = value
        self.period = period
    }

    var milliseconds: Int { Int(period) * 1000 }
}
