/// What the cluster costs, first in a sentence and then by load.
func moneySection(_ plan: Plan) -> String {
    let money = plan.money
    var text =
        "Expected \(dollars(money.expectedPerMonth.value)) a month; at worst \(dollars(money.worstPerMonth.value))"
    if let budget = money.budget {
        text +=
            ", within the budget of \(dollars(budget.value)) (\(dollars(budget.value - money.worstPerMonth.value)) to spare)"
    }
    text += ". Every figure answers to `stowage explain`.\n"
    if !money.borrowed.isEmpty {
        text +=
            "\nPrices of \(money.borrowed.joined(separator: ", ")) are those of \(PriceList.home), not of "
            + "\(plan.spec.platform.region.value).\n"
    }
    let rows = [
        ["as usual, around the clock", dollars(money.steadyPerMonth.value)],
        ["as in business hours, around the clock", dollars(money.busyPerMonth.value)],
        ["at the peak, around the clock", dollars(money.peakPerMonth.value)],
        ["expected: the traffic's shape over a week", dollars(money.expectedPerMonth.value)],
        ["worst: every limit used up, in the longest month", dollars(money.worstPerMonth.value)],
    ]
    return text + "\n" + Table(head: ["load", "$/month"], rows: rows).text
}

/// What a million tokens of each model cost.
func tokenSection(_ plan: Plan) -> String {
    let rows = plan.money.tokens.map { cost in
        [cost.model, cost.steady.map { cents($0.value) } ?? "–", cents(cost.full.value)]
    }
    return "## Dollars per million tokens\n\n"
        + Table(head: ["model", "as usual", "at full load"], rows: rows).text
        + "\nPrompts and answers together; as usual with the minimum replicas and steady traffic, at full load with every replica at its "
        + "operating point: no load costs less for a token. Reserved nodes are counted at their price, and a pool is divided among its models.\n"
}

/// The usual cost checklist, answered for this very spec.
func checklistSection(_ plan: Plan) -> String {
    let rows = checklist(plan).map { saving in
        [saving.item, saving.isUsed ? "yes" : "no", saving.perMonth.map(dollars) ?? "–", saving.answer]
    }
    return "## Cost checklist\n\n"
        + Table(head: ["item", "in use", "$/month", "what it comes to here"], rows: rows).text
        + "\nDollars that an item saves of the expected month, or would save if it were used.\n"
}

private func cents(_ value: Double) -> String {
    let (dollars, cents) = Int((value * 100).rounded()).quotientAndRemainder(dividingBy: 100)
    return "$\(dollars).\(cents < 10 ? "0" : "")\(cents)"
}
