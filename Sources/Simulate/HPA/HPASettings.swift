import Groundwork

/// The flags, feature gates and machine of a kube-controller-manager, as far as its HPA controller depends on them.
package struct HPASettings: Sendable, Hashable {
    /// How zero replicas are understood.
    package enum Zero: Sendable {
        /// An HPA with zero replicas is disabled.
        case disables
        /// The gate `HPAScaleToZero` before 1.36: a minimum of zero keeps it enabled.
        case followsMinimum
        /// The gate since 1.36: it is enabled if it scaled to zero itself, by the condition `ScaledToZero`.
        case followsCondition
    }

    /// What a conversion to a 32-bit integer gives out of its range; Go leaves it to the machine.
    package enum Overflow: Sendable { case least, saturates }

    // The flags as `pkg/controller/podautoscaler/config/v1alpha1/defaults.go` has them; EKS does not change them. Milliseconds.
    package var syncPeriod = 15_000
    package var downscaleWindow = 300_000
    package var cpuInitialization = 300_000
    package var initialReadiness = 30_000
    package var tolerance = 0.1
    /// Between two attempts to write that conflict, and how many there are: `retry.DefaultRetry` of client-go.
    package var retryDelay = 10
    package var writeAttempts = 5

    /// The gate `HPAConfigurableTolerance`: whether the tolerances of `behavior` count.
    package var hasTolerances: Bool
    package var zero: Zero
    /// Whether the ratio's distance from one is compared with the tolerance, as up to 1.32, instead of the ratio with both borders.
    package var comparesDistance: Bool
    /// Nodes of EKS' control plane are amd64.
    package var overflow = Overflow.least

    /// The defaults of a release.
    package init(kubernetes version: Version) {
        hasTolerances = Component.kubernetes.state(.hpaTolerance, at: version) == .on
        zero = Component.kubernetes.state(.hpaScaleToZero, at: version) == .on ? .followsCondition : .disables
        comparesDistance = Component.kubernetes.state(.hpaToleranceBorders, at: version) != .on
    }

    /// Converts as Go does.
    func int32(_ number: Double) -> Int32 {
        if let exact = Int32(exactly: number.rounded(.towardZero)) { return exact }
        if overflow == .least { return .min }
        return number.isNaN ? 0 : number < 0 ? .min : .max
    }

    /// Converts with the upper bound that the controller sets for external metrics.
    func cappedInt32(_ number: Double) -> Int32 { number > Double(Int32.max) ? .max : int32(number) }
}

/// How far a ratio may be from one without a change.
struct Tolerances {
    let up: Double
    let down: Double
    let comparesDistance: Bool

    init(_ behavior: ScalingBehavior?, _ settings: HPASettings) {
        let rules = settings.hasTolerances ? behavior : nil
        up = rules?.up.tolerance?.double ?? settings.tolerance
        down = rules?.down.tolerance?.double ?? settings.tolerance
        comparesDistance = settings.comparesDistance
    }

    /// Whether a ratio is within them.
    func hold(_ ratio: Double) -> Bool {
        comparesDistance ? abs(1 - ratio) <= up : 1 - down <= ratio && ratio <= 1 + up
    }
}
