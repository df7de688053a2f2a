import Groundwork
import Planning

/// What the plan takes for granted: in sentences, and the numbers that figures of the page rest on.
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
        Figures above rest on these numbers, which the spec does not give and nobody has published. The field of the spec, where there is \
        one, replaces the number.

        \(Table(head: ["number", "taken as", "what it is", "replaced by"], rows: rows).text)
        """
}
