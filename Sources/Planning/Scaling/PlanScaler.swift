import Groundwork

/// Plans the autoscaler of one Deployment of a model; nil if its replicas are fixed.
func planScaler(
    _ model: Placement, _ name: Traced<String>, _ role: DeploymentRole?, _ levels: [AlertLevels], _ spec: ClusterSpec
) -> ScalerPlan? {
    guard model.isAutoscaled, role != .base else { return nil }
    let platform = spec.platform
    let hasTolerances = Component.kubernetes.offers(.hpaTolerance, at: platform.kubernetes.value)
    let isSurge = role == .surge
    let base = model.minReplicas.named("minimum replicas", "replicas")
    let most = model.maxReplicas.named("maximum replicas", "replicas")
    let minimum = isSurge ? Traced(0, .convention("the base has the minimum replicas")) : model.minReplicas
    let span = most - base
    let maximum = isSurge ? Traced<Int>(span) : model.maxReplicas
    let fallback = (Thresholds.fallbackShare.reasoned * span).roundedUp
    let window = Traced<Int>(
        Reasoned.minimum(
            Thresholds.longestStabilization.reasoned,
            .maximum(
                model.scaling.cooldown.named("cooldown", "s"), model.point.coldStart.total.named("cold start", "s"))
        ).roundedDown)
    // A tolerance applies to every metric of an HPA, including a scheduled minimum.
    let bandInQuery = (isSurge || !model.spec.scaling.schedule.isEmpty) && platform.monitoring.kubeStateMetrics.value
    let isKEDA = model.spec.scaling.by.value == .keda
    let adopted = isKEDA ? model.spec.scaling.adopt : nil
    return ScalerPlan(
        autoscaler: model.spec.scaling.by.value, name: name,
        autoscalerName: adopted?.value ?? (isKEDA ? "keda-hpa-\(name.value)" : name.value), minReplicas: minimum,
        maxReplicas: maximum,
        triggers: levels.map { plan($0, model, name, role, spec, hasTolerances: hasTolerances) },
        scheduledMinimums: isKEDA ? planSchedule(model, role, platform) : [], adopted: adopted,
        toleranceUp: hasTolerances ? Traced("0", .convention("scale up at the threshold, not 10% above it")) : nil,
        toleranceDown: !hasTolerances
            ? nil : bandInQuery ? Traced("0", .convention("the query has the dead band")) : deadBand(model),
        stabilizationUp: scaleUpWindow(model, levels),
        stabilizationDown: window,
        podsPerStep: Traced(
            (Thresholds.scaleUpShare.reasoned * span).roundedUp.named("replicas per step", "replicas")),
        secondsPerStep: Traced(Thresholds.scaleUpStep.reasoned),
        percentDown: Traced(
            (Thresholds.scaleDownShare.reasoned * .constant(100, "%")).named("share in percent", "%")),
        secondsDown: Traced(Thresholds.scaleDownStep.reasoned),
        fallbackReplicas: Traced((isSurge ? fallback : base + fallback).named("fallback replicas", "replicas")),
        cooldown: minimum.value == 0 ? window : nil,
        pollingInterval: minimum.value == 0 ? Traced(Thresholds.scrapeInterval.reasoned) : nil)
}

/// How far a load may fall below the target before a replica is removed.
private func deadBand(_ model: Placement) -> Traced<String> {
    let band: ReasonedText =
        "\((1 - model.scaleDownShare / model.scaleUpShare).named("dead band", "ratio"), .quantity)"
    return band.because("no scaling between the scale-up and scale-down thresholds")
}

/// Plans one trigger of an autoscaler: the target load per replica, and the query that divided by it gives the replicas.
private func plan(
    _ levels: AlertLevels, _ model: Placement, _ name: Traced<String>, _ role: DeploymentRole?, _ spec: ClusterSpec,
    hasTolerances: Bool
) -> TriggerPlan {
    let load = levels.signal
    let unit = load.signal.unit
    let up = levels.scaleUp.named("scale-up load", unit)
    let target = hasTolerances ? up : (up / Thresholds.hpaTolerance.reasoned).rounded(3).named("target", unit)
    let query = ScalingQuery(
        namespace: model.namespace,
        count: (model.replicasMetric, model.runsInStatefulSet ? "statefulset" : "deployment"),
        total: (model.scalesToZero ? load.totalAtZero : load.total).text,
        up: up, down: levels.scaleDown.named("scale-down load", unit), target: target)
    let counts = spec.platform.monitoring.kubeStateMetrics.value
    let text: ReasonedText
    var reason = "the load of `\(model.name)` over all replicas"
    if role == .surge {
        let base = model.minReplicas.named("base replicas", "replicas")
        reason += ", less the load of the base"
        text = counts ? query.surge(name.value, base: base) : query.uncountedSurge(base: base)
    } else {
        text =
            counts && (!hasTolerances || !model.spec.scaling.schedule.isEmpty)
            ? query.banded(name.value) : query.plain
    }
    return TriggerPlan(
        signal: load.signal, name: load.signal.rawValue,
        query: text.because(reason), target: target)
}
