import Diagnostics
import Groundwork
import YAML

/// Checks scheduled minimums against the bounds of the replicas and against the autoscaler.
func checkSchedule(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    let scaling = model.spec.scaling
    guard let first = scaling.schedule.first, scaling.by.value != .none else { return }
    if scaling.by.value == .hpa {
        let keda = model.spec.scaledByKEDA(on: spec.platform)
        report.error(
            "schedule-without-keda", "a HorizontalPodAutoscaler does not support schedules", at: first.range,
            label: "has no effect", notes: [.init("the autoscaler is set here", at: scaling.by.range)],
            help: [Help("set \(keda.words), which has cron triggers", together: keda.changes)])
    }
    if scaling.by.value == .keda, !spec.platform.monitoring.kubeStateMetrics.value {
        report.error(
            "schedule-without-kube-state-metrics",
            "the dead band of `\(model.name)` would also apply to its schedule without kube-state-metrics",
            at: first.range, label: "a scheduled minimum of 2 could keep 4 replicas",
            notes: [
                .init(
                    "the platform has no kube-state-metrics", at: spec.platform.monitoring.kubeStateMetrics.range)
            ], help: ["install kube-state-metrics, or raise `replicas.min`"])
    }
    for window in scaling.schedule {
        if window.from.value == window.to.value {
            report.error(
                "empty-window", "the window begins and ends at \(window.from.value.text)", at: window.to.range,
                label: "the window is empty", help: ["raise `replicas.min` for the whole day"])
        }
        if window.min.value > model.maxReplicas.value {
            report.error(
                "schedule-above-max",
                "the scheduled minimum is \(window.min.value) replicas, and `\(model.name)` has at most \(model.maxReplicas.value)",
                at: window.min.range, label: "exceeds the maximum",
                notes: model.maxReplicas.range.map { [.init("the maximum is set here", at: $0)] } ?? [],
                help: [
                    Help(
                        "set `replicas: {max: \(window.min.value)}`, which also sizes pools and limits for it",
                        model.spec.setting("replicas", "max", to: "\(window.min.value)"))
                ])
        } else if window.min.value <= model.minReplicas.value {
            report.warning(
                "schedule-without-effect",
                "a scheduled minimum of \(window.min.value) has no effect: `\(model.name)` always has at least "
                    + "\(model.minReplicas.value)",
                at: window.min.range, label: "not above the minimum replicas",
                help: ["set `min` above \(model.minReplicas.value), or remove the window"])
        }
    }
}

/// Checks that a model that scales to zero needs no on-demand base.
func checkSpotAtZero(_ model: Placement, _ report: inout Report) {
    guard model.scalesToZero, model.isAutoscaled, model.nodes.spot.value == .allowed else { return }
    report.error(
        "spot-at-zero-replicas",
        "`\(model.name)` may use spot beyond an on-demand base, and has no base at zero replicas",
        at: model.spec.replicas?.min.range, label: "no on-demand base",
        notes: [.init("spot is allowed here", at: model.nodes.spot.range)],
        help: [
            Help(
                "set `min: 1`, or `instances: {spot: never}` for this model",
                model.spec.setting("replicas", "min", to: "1"), model.spec.setting("instances", "spot", to: "never"))
        ])
}

/// Checks that an existing autoscaler can be adopted.
func checkAdoption(_ model: Placement, _ report: inout Report) {
    let scaling = model.spec.scaling
    guard let adopted = scaling.adopt else { return }
    if scaling.by.value != .keda {
        report.error(
            "adoption-without-keda", "only KEDA can adopt `\(adopted.value)`", at: adopted.range,
            label: "not adopted", notes: [.init("the autoscaler is set here", at: scaling.by.range)],
            help: scaling.by.value == .hpa
                ? [
                    "delete the old autoscaler, or give the model its name: a plain HorizontalPodAutoscaler is named after its model"
                ]
                : [])
    } else if model.isSplit {
        report.error(
            "adoption-with-two-deployments", "`\(adopted.value)` scales one Deployment, and `\(model.name)` has two",
            at: adopted.range, label: "must scale both Deployments",
            notes: [.init("spot is allowed here", at: model.nodes.spot.range)],
            help: [
                Help(
                    "set `instances: {spot: never}` for this model, or delete the old autoscaler",
                    model.spec.setting("instances", "spot", to: "never"))
            ])
    } else if !model.isAutoscaled {
        report.warning(
            "scaling-without-effect", "`\(model.name)` is not autoscaled", at: adopted.range, label: "has no effect")
    }
}
