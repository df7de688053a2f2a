import Groundwork
import Planning

/// What each model was placed on, what came next, and why it lost.
func choiceSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.models.flatMap { model -> [[ReasonedText]] in
        let placement = model.placement
        let (chosen, demand) = (placement.shape, placement.choice.demand)
        let first: [ReasonedText] = [
            "\(model.name)", "\(chosen.words)", perMonth(chosen, demand), "chosen: \(merit(of: placement))",
        ]
        return [first]
            + placement.runnersUp.prefix(3).map { shape in
                ["", "\(shape.words)", perMonth(shape, demand), loss(of: shape, to: chosen, demand)]
            }
    }
    return """
        ## Choice

        \(Table(head: ["model", "shape", "$/month at peak (instances)", "why"], rows: rows).text)
        `plan.json` lists every alternative with the reason why it lost.

        """
}

private func perMonth(_ shape: Shape, _ demand: Demand) -> ReasonedText {
    dollars(shape.explainedPeakPerMonth(demand))
}

/// What the chosen shape has over the others.
private func merit(of model: Placement) -> String {
    if !model.choice.demand.prefer.isEmpty { return "first of the preferred that fits" }
    if model.runnersUp.isEmpty { return "no other instance type fits" }
    let isCheapest = model.choice.search.feasible.allSatisfy { $0.peakPrice >= model.shape.peakPrice }
    return isCheapest ? "the least cost at peak" : "the least cost at peak of those that carry it"
}
