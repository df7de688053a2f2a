import Groundwork
import Planning

/// What the plan assumes: in sentences, and the values that figures of the page depend on.
func assumptionSection(_ plan: Plan, of page: ReasonedText) -> ReasonedText {
    let sentences = list("Assumptions", plan.assumptions)
    let numbers = page.parameters([.default, .assumption]).sorted { $0.name < $1.name }
    if numbers.isEmpty { return sentences }
    let rows = numbers.map { number -> [ReasonedText] in
        [
            "\(number.name)", number.unit == "ratio" ? "\(number)" : "\(number) \(number.unit)", "\(number.reason)",
            number.field.map { "`\($0)`" } ?? "–",
        ]
    }
    return """
        \(sentences)
        The figures above depend on these values, which the spec does not set and no source publishes. To replace a value, set the field \
        in the last column.

        \(Table(head: ["assumption", "value", "meaning", "field in the spec"], rows: rows).text)
        """
}
