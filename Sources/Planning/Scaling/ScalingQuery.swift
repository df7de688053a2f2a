import Groundwork

/// Writes the query of a trigger so that the HPA's formula, ceil(value ÷ target), gives the desired replicas.
///
/// From Kubernetes 1.35 the dead band between scaling up and down is the HPA's own (its two tolerances). Below that, and for a
/// surge Deployment, the query implements it: outside the band it returns the load, inside it what the current replicas would carry
/// exactly at target, so that nothing changes. The replica count is the Deployment's own status: ready pods lag behind it.
/// Without load metrics there is no result at all, so that the autoscaler detects the failure.
struct ScalingQuery {
    let namespace: String
    /// The metric with the replicas of a workload, and the label that names the workload.
    let count: (metric: MetricName, label: String)
    /// PromQL for the load over all replicas.
    let total: ReasonedText
    let up: Reasoned
    let down: Reasoned
    /// What the HPA divides by.
    let target: Reasoned

    private func replicas(_ deployment: String) -> String {
        PromQL.sum(
            PromQL.select(
                count.metric, [.equals("namespace", namespace), .equals(count.label, deployment)]))
    }

    /// What is left of the load when each base replica carries its target.
    private func rest(besides base: Reasoned) -> ReasonedText {
        "(\(total)) - \((target * base).rounded(4).named("load of the base", target.reason.measure))"
    }

    /// The plain total.
    var plain: ReasonedText { total }

    /// The total with a dead band, for a Deployment that carries the model alone.
    func banded(_ deployment: String) -> ReasonedText {
        let count = replicas(deployment)
        return """
            (
              (\(total)) > \(up) * \(count)
              or
              (\(total)) < \(down) * \(count)
            )
            or
            \(target) * \(count) and (\(total))
            """
    }

    /// The rest of the load for the surge Deployment, with the dead band of base and surge together.
    func surge(_ deployment: String, base: Reasoned) -> ReasonedText {
        let own = replicas(deployment)
        let count: ReasonedText = "(\(base) + \(own))"
        return """
            clamp_min(
              \(rest(besides: base))
              and (
                (\(total)) > \(up) * \(count)
                or
                (\(total)) < \(down) * \(count)
              ),
              0
            )
            or
            \(target) * \(own) and (\(total))
            """
    }

    /// The rest of the load for the surge Deployment without a replica count, and so without a common dead band.
    func uncountedSurge(base: Reasoned) -> ReasonedText { "clamp_min(\(rest(besides: base)), 0)" }
}
