import Groundwork
import Planning

/// The plan as one self-contained page: the content of `PLAN.md`, with a picture of the cluster and charts of cost, thresholds and instance choice.
///
/// It needs neither network nor scripts, and its content security policy blocks both.
package func planHTML(_ plan: Plan) -> String {
    let prices = plan.prices
    let charts: [String: () -> String] = [
        "": { moneyChart(plan) },
        "Models": { plan.models.map { choiceChart($0, prices) }.joined(separator: "\n") },
        "Thresholds": {
            plan.models.flatMap { model in model.levels.map { thresholdChart(model, $0) } }.joined(separator: "\n")
        },
    ]
    let page = page(plan)
    let figures = FigureLinks(page)
    let hint = element("p", [("class", "hint")], inline(figures.hint[...]))
    let body = sections(of: figures.marked(page)).map { title, lines in
        let text = PageMarkup.html(lines)
        let chart = charts[title]?() ?? ""
        guard title.isEmpty else { return element("section", text + chart) }
        // The picture comes first, below the name.
        let (name, rest) = (PageMarkup.html([lines[0]]), PageMarkup.html(Array(lines.dropFirst())))
        return element("header", name + pictureSection(plan) + rest + hint + chart)
    }
    return document(
        "\(plan.spec.name.value): plan", style: pageStyle + picturePageStyle,
        body: figures.linked(element("main", body.joined(separator: "\n"))))
}

/// The sections of the page by title; the part before the first title has an empty one.
private func sections(of page: String) -> [(title: String, lines: [Substring])] {
    var parts: [(title: String, lines: [Substring])] = [("", [])]
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("## ") { parts.append((String(line.dropFirst(3)), [])) }
        parts[parts.count - 1].lines.append(line)
    }
    return parts
}
