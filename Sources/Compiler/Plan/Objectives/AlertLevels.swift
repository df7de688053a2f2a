/// The loads of one replica at which things happen, in one signal; ascending by construction.
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
        let up = derive(
            "scale up × \(load.unit) of a replica", ("scale up", model.scaleUp), (load.unit, load.perReplica)
        ) {
            rounded($0 * $1, decimals: 3)
        }
        func level(_ step: Threshold) -> Traced<Double> {
            derive(
                "scale-up load + step × (limit − scale-up load)", ("scale-up load", up), ("step", .threshold(step)),
                ("limit", load.perReplica)
            ) { rounded($0 + $1 * ($2 - $0), decimals: 3) }
        }
        scaleDown = derive(
            "scale down × \(load.unit) of a replica", ("scale down", model.scaleDown), (load.unit, load.perReplica)
        ) { rounded($0 * $1, decimals: 3) }
        scaleUp = up
        warning = level(Thresholds.warningStep)
        critical = level(Thresholds.criticalStep)
        limit = load.perReplica
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
        func level(_ step: Threshold) -> Traced<Double> {
            derive(
                "scale up + step × (1 − scale up)", ("scale up", model.scaleUp), ("step", .threshold(step))
            ) { rounded($0 + $1 * (1 - $0), decimals: 4) }
        }
        scaleDown = model.scaleDown
        scaleUp = model.scaleUp
        warning = level(Thresholds.warningStep)
        critical = level(Thresholds.criticalStep)
    }
}
