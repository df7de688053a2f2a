import Diagnostics
import Groundwork
import Planning

/// The changes that save most, on one page.
package func page(_ report: AdviceReport) -> String {
    let today = report.today
    let head = """
        # \(today.spec.name.value), what would save

        Today the cluster is expected to cost \(dollars(today.money.expectedPerMonth.value)) per month, at worst \
        \(dollars(today.money.worstPerMonth.value)). \(tried(report))


        """
    return head + report.advice.enumerated().map { section($0 + 1, $1, today) }.joined(separator: "\n")
}

/// What was tried, and how to read the result.
private func tried(_ report: AdviceReport) -> String {
    let models =
        report.modelsLeftOut == 0
        ? "" : " \(counted(report.modelsLeftOut, "model")) that cost less than the others were left out."
    let result =
        report.advice.isEmpty
        ? "None of them saves a dollar."
        : "Each of these was planned as a whole, alone: what two of them save together may be less than the sum."
    return "\(counted(report.tried, "change")) of the spec were planned.\(models) \(result)"
}

private func section(_ number: Int, _ advice: Advice, _ today: Plan) -> String {
    let worst = advice.worstPerMonth - today.money.worstPerMonth.value
    let sign = worst > 0 ? "+" : "−"
    let places = unique(advice.edits.map { $0.edit.range.description }).joined(separator: ", ")
    let lines = [
        "- **Saves** \(dollars(advice.savedPerMonth)) per month: expected \(dollars(advice.expectedPerMonth)), worst case "
            + "\(dollars(advice.worstPerMonth)) (\(abs(worst) < 0.5 ? "the same" : "\(sign)\(dollars(abs(worst)))"))",
        advice.effects.isEmpty ? nil : "- **Changes** \(advice.effects.joined(separator: "; "))",
        "- **Costs** \(advice.risk)", "- **Edit** at \(places)",
    ]
    return "## \(number). \(advice.words)\n\n" + lines.compactMap { $0 }.joined(separator: "\n") + "\n"
}

/// The same as JSON, with the edits of the text.
package func figures(_ report: AdviceReport) -> String {
    let today = report.today.money
    let advice = report.advice.map { advice in
        JSON.object([
            ("change", .string(advice.words)), ("savesPerMonth", .number(advice.savedPerMonth)),
            ("expectedPerMonth", .number(advice.expectedPerMonth)), ("worstPerMonth", .number(advice.worstPerMonth)),
            ("effects", .array(advice.effects.map(JSON.string))), ("risk", .string(advice.risk)),
            ("isPattern", .boolean(advice.isPattern)),
            ("edits", .array(advice.edits.map { JSON.edit($0.edit) })),
        ])
    }
    return JSON.object([
        ("expectedPerMonth", .number(today.expectedPerMonth.value)),
        ("worstPerMonth", .number(today.worstPerMonth.value)),
        ("tried", .integer(report.tried)), ("modelsLeftOut", .integer(report.modelsLeftOut)),
        ("advice", .array(advice)),
    ]).line + "\n"
}
