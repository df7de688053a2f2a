import Groundwork
import Planning

/// What the models of each team cost; empty without teams.
func teamSection(_ plan: Plan) -> ReasonedText {
    guard !plan.owners.isEmpty else { return "" }
    let hasBudgets = plan.owners.contains { $0.budget != nil }
    let rows = plan.owners.map { cost -> [ReasonedText] in
        func amount(_ value: Traced<Double>, _ words: String) -> ReasonedText {
            dollars(value, "\(words) of \(cost.name)")
        }
        return [
            "\(cost.name)", amount(cost.steadyPerMonth, "cost at steady load"),
            amount(cost.busyPerMonth, "cost at business-hours load"), amount(cost.peakPerMonth, "cost at peak load"),
            amount(cost.expectedPerMonth, "expected cost"), amount(cost.worstPerMonth, "worst-case cost"),
        ] + (hasBudgets ? [cost.budget.map { amount($0, "budget") } ?? "–"] : [])
    }
    let head =
        ["$/month of", "steady load", "business-hours load", "peak load", "expected", "worst case"]
        + (hasBudgets ? ["budget"] : [])
    return """
        ## Cost by team

        \(Table(head: head, rows: rows).text)
        The rows add up to the cost of the cluster. The cost of a pool is divided among its models by the nodes that their replicas fill: at \
        steady load, in business hours, or at peak. What the expected cost adds to steady load is divided as in business hours, and the worst case \
        as at peak. Idle reservations belong to no team.

        """
}
