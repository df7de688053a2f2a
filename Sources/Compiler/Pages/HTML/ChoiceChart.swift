import Groundwork
import Planning

/// The candidate that a model runs on beside the others: cost at peak as bars, with the reason why each was not chosen.
func choiceChart(_ model: ModelPlan, _ prices: PriceList) -> String {
    let placement = model.placement
    let own = placement.candidate.peakPrice * Thresholds.hoursMean.value
    let others = alternatives(to: placement, prices)
    let priced = others.compactMap { other in
        other.peakPerMonth.map { (words: other.words, reason: other.reason.text, cost: $0.value) }
    }
    let shown = [(words: placement.candidate.words, reason: "chosen", cost: own)] + priced.prefix(mostBars)
    let most = shown.map(\.cost).max() ?? 1
    let rows = shown.enumerated().map { index, choice in
        let bar = element(
            "svg",
            [("viewBox", "0 0 100 10"), ("preserveAspectRatio", "none"), ("aria-hidden", "true"), ("class", "bar")],
            shape(
                "rect",
                [
                    ("width", coordinate(most > 0 ? max(0.5, 100 * choice.cost / most) : 0)), ("height", "10"),
                    ("class", index == 0 ? "chosen" : "other"),
                ]))
        let name = index == 0 ? element("strong", escaped(choice.words)) : escaped(choice.words)
        return element(
            "tr", [("class", index == 0 ? "chosen" : "")],
            element("th", [("scope", "row")], name) + element("td", [("class", "bars")], bar)
                + element("td", [("class", "number")], dollars(choice.cost)) + element("td", escaped(choice.reason)))
            + "\n"
    }
    let head = ["candidate", "", "$/month at peak", "result"].map { element("th", [("scope", "col")], $0) }.joined()
    var text = element(
        "figure",
        element("figcaption", element("strong", escaped(model.name)) + ": instance choice")
            + element("table", element("thead", element("tr", head)) + element("tbody", rows.joined())))
    let rest = priced.dropFirst(mostBars).map { "\($0.words): \($0.reason)" }
    let rejected = others.filter { $0.peakPerMonth == nil }.map { "\($0.words): \($0.reason.text)" }
    if !rest.isEmpty || !rejected.isEmpty {
        let items = (rest + rejected).map { element("li", escaped($0)) + "\n" }.joined()
        text += element(
            "details", element("summary", "\(rest.count + rejected.count) more, with reasons") + element("ul", items))
    }
    return text
}

/// The number of alternatives with a bar; the others are listed.
private let mostBars = 7
