import Groundwork
import Planning

/// What the cluster costs, first in a sentence and then by load.
func moneySection(_ plan: Plan) -> ReasonedText {
    let money = plan.money
    func amount(_ value: Traced<Double>, _ name: String) -> ReasonedText { dollars(value, name) }
    let expected = amount(money.expectedPerMonth, "expected cost")
    let worst = amount(money.worstPerMonth, "worst case")
    let budget: ReasonedText? = money.budget.map { budget in
        let spare = budget.named("budget", "$/month") - money.worstPerMonth.named("worst case", "$/month")
        return
            ", within the budget of \(amount(budget, "budget")) (\(dollars(spare.named("left of the budget", "$/month"))) to spare)"
    }
    let region = plan.spec.platform.region.value
    let borrowed: ReasonedText =
        money.borrowed.isEmpty
        ? ""
        : "\nPrices of \(money.borrowed.joined(separator: ", ")) are those of \(PriceList.home), not of \(region).\n"
    let rows: [[ReasonedText]] = [
        ["as usual, around the clock", amount(money.steadyPerMonth, "cost as usual")],
        ["as in business hours, around the clock", amount(money.busyPerMonth, "cost as in business hours")],
        ["at the peak, around the clock", amount(money.peakPerMonth, "cost at the peak")],
        ["expected: the traffic's shape over a week", expected],
        ["worst: every limit used up, in the longest month", worst],
    ]
    return """
        Expected \(expected) a month; at worst \(worst)\(budget ?? ""). `stowage explain PLAN.md:LINE` shows \
        the reasons of every figure.
        \(borrowed)
        \(Table(head: ["load", "$/month"], rows: rows).text)
        """
}

/// What a million tokens of each model cost.
func tokenSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.money.tokens.map { cost -> [ReasonedText] in
        let full: ReasonedText = "$\(cost.full, as: "$ per million tokens of \(cost.model) at full load", .fixed(2))"
        return [
            "\(cost.model)",
            cost.steady.map { "$\($0, as: "$ per million tokens of \(cost.model) as usual", .fixed(2))" } ?? "–", full,
        ]
    }
    return """
        ## Dollars per million tokens

        \(Table(head: ["model", "as usual", "at full load"], rows: rows).text)
        Prompts and answers together; as usual: the nodes of the minimum replicas, divided among the models of a pool, over steady traffic; \
        at full load: a node full of its replicas at their operating point. Reserved nodes are counted at their price.

        """
}

/// The usual cost checklist, answered for this very spec.
func checklistSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.savings.value.map { saving -> [ReasonedText] in
        [
            "\(saving.item)", saving.isUsed ? "yes" : "no",
            saving.perMonth.map { dollars($0, "saving by \(saving.item.lowercased())") } ?? "–", saving.answer,
        ]
    }
    return """
        ## Cost checklist

        \(Table(head: ["item", "in use", "$/month", "what it comes to here"], rows: rows).text)
        Dollars that an item saves in the expected month, or would save if it were used.

        """
}
