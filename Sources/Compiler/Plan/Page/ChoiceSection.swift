/// What each model was placed on, what came next, and why it lost.
func choiceSection(_ plan: Plan) -> String {
    let rows = plan.models.flatMap { model -> [[String]] in
        let chosen = model.placement.shape
        let first = [model.name, chosen.words, perMonth(chosen), "chosen\(preferred(model.placement))"]
        return [first]
            + model.placement.runnersUp.prefix(3).map { ["", $0.words, perMonth($0), loss(of: $0, to: chosen)] }
    }
    return "## Choice\n\n" + Table(head: ["model", "shape", "$/month at peak (instances)", "why"], rows: rows).text
        + "\n`plan.json` lists every alternative with the reason why it lost.\n"
}

private func perMonth(_ shape: Shape) -> String { dollars(shape.peakPrice * Thresholds.hoursMean.value) }

private func preferred(_ model: Placement) -> String {
    if !model.demand.prefer.isEmpty { return ": first of the preferred that fits" }
    return model.runnersUp.isEmpty ? ": nothing else fits" : ": the least at peak"
}
