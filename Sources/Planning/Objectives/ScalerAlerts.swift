import Groundwork

/// Alerts on the autoscaler: at its maximum, missing, or without metrics.
func scalerAlerts(_ model: Placement, _ deployments: [Deployment], _ levels: [AlertLevels], namespace: String)
    -> [PrometheusRule]
{
    let forDuration = Thresholds.warningForDuration.reasoned
    return deployments.compactMap(\.scaler).flatMap { scaler -> [PrometheusRule] in
        let which: [PromQL.Matcher] = [
            .equals("namespace", namespace), .equals("horizontalpodautoscaler", scaler.autoscalerName),
        ]
        let now = PromQL.sum(PromQL.select(.autoscalerReplicas, which))
        let most = PromQL.sum(PromQL.select(.autoscalerMost, which))
        let inactive = PromQL.sum(
            PromQL.select(
                .autoscalerCondition,
                which + [.equals("condition", "ScalingActive"), .equals("status", "false")]))
        let blind =
            scaler.minReplicas.value == 0
            ? "\(inactive) > 0 and \(now) > 0" : "\(inactive) > 0"
        let target = PromQL.sum(
            PromQL.select(
                model.replicasMetric,
                [
                    .equals("namespace", namespace),
                    .equals(model.runsInStatefulSet ? "statefulset" : "deployment", scaler.name.value),
                ])
        )
        let full = levels.map { levels in
            let signal = levels.signal
            let all =
                (levels.warning.named("warning load", signal.signal.unit)
                * model.maxReplicas.named("maximum replicas", "replicas"))
                .rounded(3).named("warning load of all replicas", signal.signal.unit)
            let condition: ReasonedText = "\(now) >= \(most) and (\(signal.total.text)) > \(all)"
            return PrometheusRule.alert(
                "ModelAtMaxReplicas",
                condition.because("all replicas run, and the load is still above the warning level"),
                forDuration: forDuration, severity: "warning",
                labels: [("model", model.name), ("signal", signal.signal.rawValue)],
                summary: "\(model.name) is at its maximum replicas and needs more",
                description:
                    "\(scaler.name.value) is at its maximum replicas, and the load is above the warning level.",
                runbook: "Raise replicas.max in the spec and compile again, which also checks limits and budget.")
        }
        return full + [
            .alert(
                "ModelScalerMissing",
                Traced(
                    "\(target) unless \(most)", .convention("a Deployment without its autoscaler keeps its replicas")),
                forDuration: forDuration, severity: "critical",
                labels: [("model", model.name)], summary: "\(model.name) does not scale: it has no autoscaler",
                description: "There is no HorizontalPodAutoscaler \(scaler.autoscalerName) for \(scaler.name.value).",
                runbook: "Check whether the tree is synced, then the conditions of the ScaledObject and KEDA's log."),
            .alert(
                "ModelScalerBlind",
                Traced(blind, .convention("an HPA that cannot read its metric does not scale")),
                forDuration: forDuration, severity: "critical",
                labels: [("model", model.name)],
                summary: "\(model.name) does not scale: its autoscaler cannot read metrics",
                description: "The autoscaler \(scaler.autoscalerName) reports ScalingActive=False.",
                runbook:
                    "Run the scaler's query in Prometheus, then check the metrics API of KEDA or prometheus-adapter."),
        ]
    }
}
