import Groundwork
import Planning

/// The candidate that each model runs on, the runners-up, and why they were not chosen.
func choiceSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.models.flatMap { model -> [[ReasonedText]] in
        let placement = model.placement
        let (chosen, demand) = (placement.candidate, placement.choice.demand)
        let first: [ReasonedText] = [
            "\(model.name)", "\(chosen.words)", perMonth(chosen, demand), "chosen: \(merit(of: placement))",
        ]
        return [first]
            + placement.runnersUp.prefix(3).map { candidate in
                ["", "\(candidate.words)", perMonth(candidate, demand), loss(of: candidate, to: chosen, demand)]
            }
    }
    return """
        ## Instance choice

        \(Table(head: ["model", "candidate", "instance cost at peak, $/month", "result"], rows: rows).text)
        `plan.json` lists every candidate that was not chosen, with the reason.

        """
}

private func perMonth(_ candidate: Candidate, _ demand: Demand) -> ReasonedText {
    dollars(candidate.explainedPeakPerMonth(demand))
}

/// Why the chosen candidate beats the others.
private func merit(of model: Placement) -> String {
    if !model.choice.demand.prefer.isEmpty { return "the first preferred candidate that fits" }
    if model.runnersUp.isEmpty { return "no other candidate fits" }
    let isCheapest = model.choice.search.feasible.allSatisfy { $0.peakPrice >= model.candidate.peakPrice }
    return isCheapest ? "the lowest cost at peak" : "the lowest cost at peak of those that sustain it"
}
