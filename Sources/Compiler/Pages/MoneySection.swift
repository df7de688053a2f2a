import Groundwork
import Planning

/// The cost of the cluster in one sentence, without its end.
func costInShort(_ plan: Plan) -> ReasonedText {
    let money = plan.money
    let budget: ReasonedText? = money.budget.map { budget in
        let spare = budget.named("budget", "$/month") - money.worstPerMonth.named("worst case", "$/month")
        return
            ", within the budget of \(dollars(budget, "budget")) (\(dollars(spare.named("budget left", "$/month"))) left)"
    }
    return """
        expected \(dollars(money.expectedPerMonth, "expected cost")) per month, worst case \
        \(dollars(money.worstPerMonth, "worst case")) per month\(budget ?? "")
        """
}

/// The cost of the cluster by load.
func moneySection(_ plan: Plan) -> ReasonedText {
    let money = plan.money
    func amount(_ value: Traced<Double>, _ name: String) -> ReasonedText { dollars(value, name) }
    let expected = amount(money.expectedPerMonth, "expected cost")
    let worst = amount(money.worstPerMonth, "worst case")
    let rows: [[ReasonedText]] = [
        ["steady load, around the clock", amount(money.steadyPerMonth, "cost at steady load")],
        ["business-hours load, around the clock", amount(money.busyPerMonth, "cost at business-hours load")],
        ["peak load, around the clock", amount(money.peakPerMonth, "cost at peak load")],
        ["expected: load that varies over the week", expected],
        ["worst case: every pool at its limit, in the longest month", worst],
    ]
    return Table(head: ["cost at", "$/month"], rows: rows).text
}

/// What a million tokens of each model cost.
func tokenSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.money.tokens.map { cost -> [ReasonedText] in
        // Prompts of a small model cost less than a cent.
        let notation = Notation.fixed(cost.full.value > 0 && cost.full.value < 0.01 ? 3 : 2)
        let full: ReasonedText = "$\(cost.full, as: "$ per million tokens of \(cost.model) at full load", notation)"
        return [
            "\(cost.model)",
            cost.steady.map { "$\($0, as: "$ per million tokens of \(cost.model) at steady load", .fixed(2))" } ?? "–",
            full,
        ]
    }
    return """
        ## Dollars per million tokens

        \(Table(head: ["model", "at steady load", "at full load"], rows: rows).text)
        Input and output tokens together. Steady load: the nodes of the minimum replicas, divided among the models of a pool, over steady \
        traffic. Full load: a node full of replicas, each at its operating point. Reserved nodes count at their price.

        """
}

/// The usual cost checklist, answered for this spec.
func checklistSection(_ plan: Plan) -> ReasonedText {
    let rows = plan.savings.value.map { saving -> [ReasonedText] in
        [
            "\(saving.item)", saving.isUsed ? "yes" : "no",
            saving.perMonth.map { dollars($0, "saving by \(saving.item.lowercased())") } ?? "–", saving.answer,
        ]
    }
    return """
        ## Cost checklist

        \(Table(head: ["item", "in use", "saves $/month", "in this plan"], rows: rows).text)
        What an item saves of the expected cost, or would save if it were in use.

        """
}

/// The changes that would save most; empty if none saves much.
func bestChangesSection(_ plan: Plan) -> ReasonedText {
    let changes = plan.bestChanges.value
    guard !changes.isEmpty else { return "" }
    let rows = changes.map { change -> [ReasonedText] in
        [
            "\(change.words)", dollars(change.savedPerMonth, "saving by the change"),
            dollars(change.expectedPerMonth, "expected cost with the change"),
            dollars(change.worstPerMonth, "worst case with the change"), "\(change.risk)",
        ]
    }
    return """
        ## Changes that save most

        \(Table(head: ["change", "saves $/month", "expected $/month", "worst case $/month", "consequence"], rows: rows).text)
        Single settings of the models with the highest instance cost, each planned with the rest of the cluster. `stowage plan --advise` tries \
        more, and shows each edit.

        """
}
