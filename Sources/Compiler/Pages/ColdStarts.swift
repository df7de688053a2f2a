import Groundwork
import Planning

/// The parts of each model's cold start, and their sum.
func coldStartSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.models.map { model -> [ReasonedText] in
        let cold = model.placement.point.coldStart
        let parts = [
            cold.parts.nodeLaunch, cold.parts.imagePull, cold.parts.weightsLoad, cold.parts.warmUp,
        ].map { "\($0, .rounded(0)) s" as ReasonedText }
        return ["\(model.name)"] + parts
            + ["\(cold.total, as: "cold start of \(model.name)") s", startupProbe(model)]
    }
    let head = ["model", "node launch", "image pull", "weights load", "warm-up", "cold start", "startup probe"]
    return """
        ## Cold starts

        \(Table(head: head, rows: rows).text)
        The startup probe starts with the container: its time covers weights load and warm-up, but not node launch and image pull.

        """
}

/// The time that the startup probe of a model allows.
private func startupProbe(_ model: ModelPlan) -> ReasonedText {
    guard let serving = model.deployments.first?.serving else { return "–" }
    let failures = serving.startupFailures.named("startup probe failures of \(model.name)", "failures")
    let seconds = (failures * Thresholds.startupPeriod.reasoned).named("startup probe time of \(model.name)", "s")
    return "\(seconds) s"
}
