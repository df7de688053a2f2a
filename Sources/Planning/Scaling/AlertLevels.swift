import Groundwork

/// The loads of one replica that trigger scaling and alerts, in one signal; ascending by construction.
///
/// The autoscaler and the alerts use the same ones.
package struct AlertLevels: Sendable {
    package let scaleDown: Traced<Double>
    package let scaleUp: Traced<Double>
    package let warning: Traced<Double>
    package let critical: Traced<Double>
    /// What a replica sustains at the operating point.
    package let limit: Traced<Double>
    package let signal: LoadSignal

    init(_ signal: Signal, of model: Placement, _ platform: PlatformSpec) {
        let load = LoadSignal(signal, of: model, platform)
        func level(_ name: String, _ load: Reasoned) -> Traced<Double> {
            Traced(load.rounded(3).named(name, signal.unit))
        }
        scaleDown = level("scale-down load", model.scaleDownShare * load.perReplica)
        scaleUp = level("scale-up load", model.scaleUpShare * load.perReplica)
        let up = scaleUp.named("scale-up load", signal.unit)
        let steps = AlertSteps(from: up, to: load.perReplica)
        warning = level("warning load", steps.warning)
        critical = level("critical load", steps.critical)
        limit = Traced(load.perReplica)
        self.signal = load
    }
}

/// The same as shares of what a replica sustains: one set for all signals of a model.
package struct LoadShares: Sendable {
    package let scaleDown: Traced<Double>
    package let scaleUp: Traced<Double>
    package let warning: Traced<Double>
    package let critical: Traced<Double>

    init(_ model: Placement) {
        scaleDown = model.scaling.scaleDown
        scaleUp = model.scaling.scaleUp
        let steps = AlertSteps(from: model.scaleUpShare, to: 1)
        warning = Traced(steps.warning.rounded(4))
        critical = Traced(steps.critical.rounded(4))
    }
}

extension Placement {
    /// The share of a replica's sustainable load above which a replica is added.
    var scaleUpShare: Reasoned { scaling.scaleUp.named("scale up", "ratio") }
    /// The share below which a replica is removed.
    var scaleDownShare: Reasoned { scaling.scaleDown.named("scale down", "ratio") }
}

/// The loads of a replica between scaling up and its limit at which alerts fire.
private struct AlertSteps {
    let warning: Reasoned
    let critical: Reasoned

    init(from up: Reasoned, to limit: Reasoned) {
        func step(_ share: Parameter) -> Reasoned { up + share.reasoned * (limit - up) }
        warning = step(Thresholds.warningStep)
        critical = step(Thresholds.criticalStep)
    }
}
