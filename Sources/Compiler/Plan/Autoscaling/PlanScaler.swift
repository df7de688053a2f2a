/// Plans the scaler of one Deployment of a model; nil where its replicas are fixed.
func planScaler(_ model: Placement, _ deployment: Deployment, _ spec: ClusterSpec) -> ScalerPlan? {
    guard model.isAutoscaled, deployment.role != .base else { return nil }
    let platform = spec.platform
    let hasTolerances = Component.kubernetes.offers(.hpaTolerance, at: platform.kubernetes.value)
    let isSurge = deployment.role == .surge
    let minimum = isSurge ? Traced(0, .convention("the base alone carries the minimum")) : model.minReplicas
    let maximum =
        isSurge
        ? derive(
            "maximum − minimum, which the base runs", ("maximum", model.maxReplicas), ("minimum", model.minReplicas)
        ) { $0 - $1 }
        : model.maxReplicas
    let triggers = model.spec.scaling.on.enumerated().map { index, signal in
        plan(
            LoadSignal(signal.value, of: model, platform), index: index, model, deployment, spec,
            hasTolerances: hasTolerances)
    }
    let name = deployment.name
    let coldStart = model.point.coldStart.total
    let window = derive(
        "the longer of cooldown and cold start", ("cooldown, s", model.cooldown), ("cold start, s", coldStart)
    ) {
        min(3600, max(Int($0), $1))
    }
    let step = derive(
        "as many replicas as one wave of nodes brings, a quarter of the span at least", ("maximum", maximum),
        ("minimum", minimum)
    ) { max(1, ($0 - $1 + 3) / 4) }
    let band = derive("1 − scale down ÷ scale up", ("scale down", model.scaleDown), ("scale up", model.scaleUp)) {
        down, up in
        quantity(1 - down / up)
    }
    // A tolerance holds for every metric of an HPA: it would stretch a floor by the clock as well.
    let bandInQuery = (isSurge || !model.spec.scaling.schedule.isEmpty) && platform.monitoring.kubeStateMetrics.value
    let isKEDA = model.spec.scaling.by.value == .keda
    let adopted = isKEDA ? model.spec.scaling.adopt : nil
    return ScalerPlan(
        autoscaler: model.spec.scaling.by.value, name: name,
        autoscalerName: adopted?.value ?? (isKEDA ? "keda-hpa-\(name.value)" : name.value), minReplicas: minimum,
        maxReplicas: maximum,
        triggers: triggers, floors: isKEDA ? planSchedule(model, deployment, platform) : [], adopted: adopted,
        toleranceUp: hasTolerances ? Traced("0", .convention("scale up at the threshold, not a tenth above it")) : nil,
        toleranceDown: !hasTolerances
            ? nil : bandInQuery ? Traced("0", .convention("the query holds the dead band")) : band,
        stabilizationDown: window, podsPerStep: step,
        secondsPerStep: Traced<Double>.threshold(Thresholds.scaleUpStep).map { Int($0) },
        percentDown: Traced<Double>.threshold(Thresholds.scaleDownShare).map { Int($0 * 100) },
        secondsDown: Traced<Double>.threshold(Thresholds.scaleDownStep).map { Int($0) },
        fallbackReplicas: fallback(minimum, maximum),
        cooldown: minimum.value == 0 ? window : nil,
        pollingInterval: minimum.value == 0 ? Traced<Double>.threshold(Thresholds.scrapeInterval).map { Int($0) } : nil)
}

/// Replicas to have when the metrics are gone, unless there are more already: nobody knows the load, so neither end is right.
private func fallback(_ minimum: Traced<Int>, _ maximum: Traced<Int>) -> Traced<Int> {
    derive("half way between minimum and maximum", ("minimum", minimum), ("maximum", maximum)) {
        $0 + ($1 - $0 + 1) / 2
    }
}

private func plan(
    _ load: LoadSignal, index: Int, _ model: Placement, _ deployment: Deployment, _ spec: ClusterSpec,
    hasTolerances: Bool
) -> TriggerPlan {
    let up = derive("scale up × load of a replica", ("scale up", model.scaleUp), (load.unit, load.perReplica)) {
        rounded($0 * $1, decimals: 3)
    }
    let down = derive("scale down × load of a replica", ("scale down", model.scaleDown), (load.unit, load.perReplica)) {
        rounded($0 * $1, decimals: 3)
    }
    let counts = spec.platform.monitoring.kubeStateMetrics.value
    let target =
        !hasTolerances
        ? derive(
            "scale-up load ÷ the HPA's fixed tolerance", ("scale-up load", up),
            ("tolerance", .threshold(Thresholds.hpaTolerance))
        ) {
            rounded($0 / $1, decimals: 3)
        } : up
    let query = ScalingQuery(
        namespace: spec.platform.namespace.value, total: (model.sleeps ? load.totalAsleep : load.total).text,
        up: up.value, down: down.value, target: target.value)
    let text: String
    if deployment.role == .surge {
        let base = model.minReplicas.value
        text = counts ? query.surge(deployment.name.value, base: base) : query.uncountedSurge(base: base)
    } else {
        text =
            counts && (!hasTolerances || !model.spec.scaling.schedule.isEmpty)
            ? query.banded(deployment.name.value) : query.plain
    }
    return TriggerPlan(
        signal: load.signal, name: load.signal.rawValue,
        query: derive(
            "the load of `\(model.name)` over all replicas", ("signal", model.spec.scaling.on[index].map(\.rawValue)),
            ("scale-up load", up), ("scale-down load", down)
        ) { _, _, _ in text }
        .resting(on: load.window.map { [Ingredient("request window, s", .number($0.value), $0.origin)] } ?? []),
        target: target)
}
