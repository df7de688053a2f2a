/// Writes the query of a trigger so that the HPA's arithmetic, ceil(value ÷ target), gives the wanted replicas.
///
/// From Kubernetes 1.35 the dead band between scaling up and down is the HPA's own (its two tolerances). Below that, and for a
/// surge Deployment, the query makes it: outside the band it returns the load, inside it what the replicas now there would carry
/// exactly at target, so that nothing changes. The replica count is the Deployment's own status: ready pods lag behind it.
struct ScalingQuery {
    let namespace: String
    let load: LoadSignal
    let up: Double
    let down: Double
    /// What the HPA divides by.
    let target: Double

    private func replicas(_ deployment: String) -> String {
        PromQL.sum(
            PromQL.select(
                Metrics.deploymentReplicas, [.equals("namespace", namespace), .equals("deployment", deployment)]))
    }

    /// The plain total.
    var plain: String { load.total }

    /// The total with a dead band, for a Deployment that carries the model alone.
    func banded(_ deployment: String) -> String {
        let count = replicas(deployment)
        let (high, low) = (PromQL.number(up), PromQL.number(down))
        return """
            (
              (\(load.total)) > \(high) * \(count)
              or
              (\(load.total)) < \(low) * \(count)
            )
            or
            \(PromQL.number(target)) * \(count)
            """
    }

    /// What is left for the surge Deployment when each base replica carries its target, with the dead band of both together.
    func surge(_ deployment: String, base: Int) -> String {
        let count = "(\(base) + \(replicas(deployment)))"
        let (high, low) = (PromQL.number(up), PromQL.number(down))
        return """
            clamp_min(
              (\(load.total)) - \(PromQL.number(rounded(target * Double(base), decimals: 4)))
              and (
                (\(load.total)) > \(high) * \(count)
                or
                (\(load.total)) < \(low) * \(count)
              ),
              0
            )
            or
            \(PromQL.number(target)) * \(replicas(deployment))
            """
    }
}
