/// The parts of each model's cold start, and their sum.
func coldStarts(_ plan: Plan) -> String {
    let rows = plan.models.map { model -> [String] in
        let cold = model.placement.point.coldStart
        let parts = [cold.nodeLaunch, cold.imagePull, cold.weightsLoad, cold.warmUp]
        return [model.name] + parts.map { "\(PromQL.number(rounded($0.value, decimals: 0))) s" }
            + ["\(cold.total.value) s"]
    }
    let head = ["model", "node", "image", "weights", "warm-up", "cold start"]
    return "## Cold starts\n\n" + Table(head: head, rows: rows).text
        + "\nStartup probes, scaling down and giving back nodes wait at least as long, and growth during one is part of the minimum.\n"
}
