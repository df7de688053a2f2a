import Diagnostics
import Groundwork
import YAML

/// Checks floors by the clock against the bounds of the replicas and against who would keep them.
func checkSchedule(_ model: Placement, _ spec: ClusterSpec, _ report: inout Report) {
    let scaling = model.spec.scaling
    guard let first = scaling.schedule.first, scaling.by.value != .none else { return }
    if scaling.by.value == .hpa {
        let keda = model.spec.scaledByKEDA(on: spec.platform)
        report.error(
            "schedule-without-keda", "a HorizontalPodAutoscaler knows no clock", at: first.range,
            label: "would have no effect", notes: [.init("the autoscaler is chosen here", at: scaling.by.range)],
            help: [Help("\(keda.words) has cron triggers", together: keda.changes)])
    }
    if scaling.by.value == .keda, !spec.platform.monitoring.kubeStateMetrics.value {
        report.error(
            "schedule-without-replica-count",
            "the dead band of `\(model.name)` would stretch its schedule, and only kube-state-metrics can keep them apart",
            at: first.range, label: "a floor of 2 could hold 4",
            notes: [
                .init(
                    "the platform has no kube-state-metrics", at: spec.platform.monitoring.kubeStateMetrics.range)
            ], help: ["install kube-state-metrics, or raise `replicas.min`"])
    }
    for window in scaling.schedule {
        if window.from.value == window.to.value {
            report.error(
                "empty-window", "the window begins and ends at \(window.from.value.text)", at: window.to.range,
                label: "no time at all", help: ["for the whole day raise `replicas.min`"])
        }
        if window.min.value > model.maxReplicas.value {
            report.error(
                "floor-above-max",
                "the window wants \(window.min.value) replicas, and `\(model.name)` has \(model.maxReplicas.value) at most",
                at: window.min.range, label: "more than the maximum",
                notes: model.maxReplicas.range.map { [.init("the maximum is given here", at: $0)] } ?? [],
                help: [
                    Help(
                        "`replicas: {max: \(window.min.value)}` sizes pools and limits for it",
                        model.spec.setting("replicas", "max", to: "\(window.min.value)"))
                ])
        } else if window.min.value <= model.minReplicas.value {
            report.warning(
                "floor-without-effect",
                "`\(model.name)` never has fewer than \(model.minReplicas.value) replicas", at: window.min.range,
                label: "no effect")
        }
    }
}

/// Checks that a model that sleeps needs no base on demand.
func checkSpotAsleep(_ model: Placement, _ report: inout Report) {
    guard model.sleeps, model.isAutoscaled, model.nodes.spot.value == .allowed else { return }
    report.error(
        "spot-while-asleep", "`\(model.name)` may use spot beyond a base on demand, and has none at zero replicas",
        at: model.spec.replicas?.min.range, label: "no base",
        notes: [.init("spot is allowed here", at: model.nodes.spot.range)],
        help: [
            Help(
                "`min: 1`, or `instances: {spot: never}` for this model",
                model.spec.setting("replicas", "min", to: "1"), model.spec.setting("instances", "spot", to: "never"))
        ])
}

/// Checks that an existing autoscaler can be taken over.
func checkAdoption(_ model: Placement, _ report: inout Report) {
    let scaling = model.spec.scaling
    guard let adopted = scaling.adopt else { return }
    if scaling.by.value != .keda {
        report.error(
            "adoption-without-keda", "only KEDA takes over `\(adopted.value)`", at: adopted.range,
            label: "nobody to take it over", notes: [.init("the autoscaler is chosen here", at: scaling.by.range)],
            help: scaling.by.value == .hpa
                ? [
                    "delete the old one, or name the model like it: a plain HorizontalPodAutoscaler bears its model's name"
                ]
                : [])
    } else if model.isSplit {
        report.error(
            "adoption-of-a-surge", "`\(adopted.value)` scales one Deployment, and `\(model.name)` has two",
            at: adopted.range, label: "which of them?",
            notes: [.init("spot is allowed here", at: model.nodes.spot.range)],
            help: [
                Help(
                    "`instances: {spot: never}` for this model, or delete the old autoscaler",
                    model.spec.setting("instances", "spot", to: "never"))
            ])
    } else if !model.isAutoscaled {
        report.warning(
            "idle-scaling", "`\(model.name)` does not scale", at: adopted.range, label: "no effect")
    }
}
