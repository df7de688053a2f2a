import Groundwork
import Simulate

/// The load, the replicas and the latency of a surge side by side, with the models that lose pods to it.
struct SurgeRow {
    /// What stands above the charts.
    let title: String
    let charts: [TimelineChart]

    /// The charts of the surge of one model of a simulation.
    init(_ result: ReplayResult, _ place: Int, _ scenario: LoadScenario) {
        let model = result.models[place]
        let taken = result.preemptions.filter { $0.models.taker == model.name }.compactMap(\.models.victim)
        let victims = result.models.indices.filter { taken.contains(result.models[$0].name) && $0 != place }
        // The first sample has no minute before it.
        let rates = result.samples.enumerated().map { $0 == 0 ? nil : $1.models[place].rate }
        title = "Surge of \(model.name)"
        let step = 60.0
        let marks =
            scenario.events.map { (step: $0.seconds / step, words: $0.words) }
            + result.entries.filter { $0.kind == .preemption }.map {
                (step: Double($0.time.milliseconds) / 1000 / step, words: "\(clock($0.time)) \($0.text)")
            }
        func chart(
            _ title: String, _ lines: [TimelineChart.Line], level: (name: String, value: Double)? = nil
        ) -> TimelineChart {
            TimelineChart(title: title, unit: "", lines: lines, level: level, marks: marks, step: step, width: 258)
        }
        let styles = ["c", "d", "f"]
        let others = zip(victims, styles).map { victim, style in
            TimelineChart.Line(
                name: "\(result.models[victim].name) ready", style: style,
                values: result.samples.map { Double($0.models[victim].ready) }, isStepped: true)
        }
        // A model without an objective shows what its surge does to the one that yields to it.
        let shown = model.tally.ttft == nil ? victims.first { result.models[$0].tally.ttft != nil } ?? place : place
        let (judged, goal) = (result.models[shown], result.models[shown].tally.ttft)
        charts = [
            chart("Requests per second", [.init(name: model.name, style: "a", values: rates)]),
            chart(
                "Replicas",
                [
                    .init(
                        name: "wanted", style: "b", values: result.samples.map { Double($0.models[place].wanted) },
                        isStepped: true),
                    .init(
                        name: "ready", style: "a", values: result.samples.map { Double($0.models[place].ready) },
                        isStepped: true),
                ] + others),
            chart(
                "\(judged.latency.words) of \(judged.name), s",
                [
                    .init(
                        name: "at \(percent(goal?.share ?? 0.95))", style: shown == place ? "a" : "c",
                        values: result.samples.map { $0.models[shown].ttft })
                ], level: goal.map { ("objective: \(seconds($0.seconds))", $0.seconds) }),
        ]
    }
}

/// Draws surges as one file, with its colors on light and dark backgrounds.
func surgePicture(_ rows: [SurgeRow], title: String) -> String {
    let (margin, heading) = (16.0, 22.0)
    let size = rows.first?.charts.first?.size ?? (width: 0, height: 0)
    let columns = rows.map(\.charts.count).max() ?? 0
    let width = 2 * margin + Double(columns) * size.width
    let rowHeight = size.height + heading + 18
    let height = 2 * margin + Double(rows.count) * rowHeight
    var content = shape(
        "rect",
        [
            ("x", "0.5"), ("y", "0.5"), ("width", coordinate(width - 1)), ("height", coordinate(height - 1)),
            ("rx", "8"), ("class", "paper"),
        ])
    for (line, row) in rows.enumerated() {
        let top = margin + Double(line) * rowHeight
        content += element(
            "text", [("x", coordinate(margin)), ("y", coordinate(top + 14)), ("class", "name")], escaped(row.title))
        for (column, chart) in row.charts.enumerated() {
            let place = "translate(\(coordinate(margin + Double(column) * size.width)) \(coordinate(top + heading)))"
            content += "\n" + element("g", [("transform", place)], caption(chart) + chart.content)
        }
    }
    return
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(coordinate(width)) \(coordinate(height))\" "
        + "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\" role=\"img\" class=\"chart\">"
        + element("title", escaped(title)) + element("style", surgeStyle) + content + "\n</svg>\n"
}

/// The title of a chart, with its lines in their colors.
private func caption(_ chart: TimelineChart) -> String {
    let lines = chart.lines.count < 2 ? [] : chart.lines
    var keys = lines.map { element("tspan", [("class", "key \($0.style)"), ("dx", "8")], escaped($0.name)) }
    if chart.level != nil { keys.append(element("tspan", [("class", "key objective"), ("dx", "8")], "objective")) }
    return element("text", [("x", "64"), ("y", "13")], escaped(chart.title) + keys.joined())
}

/// The style of a file; GitHub shows it on a light or a dark page.
private let surgeStyle = """

    svg {
      --paper: #ffffff; --ink: #1b2733; --faint: #5b6875; --grid: #d5dce3; --goal: #b3261e;
      --a: #1f5f99; --b: #8794a1; --c: #b85a0c; --d: #2f7d4f; --f: #6d4aa3;
    }
    @media (prefers-color-scheme: dark) { svg {
      --paper: #12181f; --ink: #e6ebf0; --faint: #9dabb8; --grid: #2c3742; --goal: #ff8a80;
      --a: #6fb1ea; --b: #8a97a4; --c: #e59a52; --d: #7fcf9f; --f: #b79be8;
    } }
    .paper { fill: var(--paper); stroke: var(--grid); }
    text { fill: var(--ink); font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; }
    .name { font-size: 14px; font-weight: 700; } .end { text-anchor: end; }
    .tick { text-anchor: middle; fill: var(--faint); font-size: 11px; }
    .grid { stroke: var(--grid); stroke-width: .7; } .event { stroke: var(--faint); stroke-dasharray: 2 3; }
    .goal { stroke: var(--goal); stroke-width: 1.5; stroke-dasharray: 5 3; }
    .line { fill: none; stroke-width: 1.6; }
    .line.a { stroke: var(--a); } .line.b { stroke: var(--b); } .line.c { stroke: var(--c); } .line.d { stroke: var(--d); }
    .line.f { stroke: var(--f); } .key { font-weight: 600; }
    .key.a { fill: var(--a); } .key.b { fill: var(--b); } .key.c { fill: var(--c); } .key.d { fill: var(--d); } .key.f { fill: var(--f); }
    .key.objective { fill: var(--goal); }

    """

/// The picture of one simulated surge.
package func surgePicture(_ cluster: SimulatedCluster, _ scenario: LoadScenario, _ result: ReplayResult) -> String {
    let rows = result.models.indices.filter { scenario.models.contains(result.models[$0].name) }
    return surgePicture(
        rows.map { SurgeRow(result, $0, scenario) },
        title: "\(cluster.name): \(scenario.events.map(\.words).joined(separator: ", "))")
}

/// The picture beside the report: a row for each surge.
package func surgePicture(_ study: SurgeStudy) -> String {
    surgePicture(
        study.surges.map { SurgeRow($0.result, $0.place, $0.scenario) }, title: "\(study.name): a surge of each model")
}
