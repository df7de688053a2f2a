/// The loads of one replica at which things happen, in ascending order by construction.
package struct AlertLevels: Sendable {
    package let scaleDown: Traced<Double>
    package let scaleUp: Traced<Double>
    package let warning: Traced<Double>
    package let critical: Traced<Double>
    /// What a replica sustains at the operating point.
    package let limit: Traced<Double>
    package let signal: LoadSignal

    init(_ model: Placement, namespace: String) {
        let load = LoadSignal(model.spec.scaling.on.first?.value ?? .concurrency, of: model, namespace: namespace)
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
        signal = load
    }
}
