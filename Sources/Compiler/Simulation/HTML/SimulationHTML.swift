import Groundwork
import Simulate

/// The timeline of a simulation as one page: load, replicas, time to first token, nodes and money, with the events.
///
/// It needs neither network nor scripts, and its content security policy blocks both.
package func simulationHTML(_ cluster: SimulatedCluster, _ scenario: LoadScenario, _ runs: [ReplayResult]) -> String {
    let lines = simulationPage(cluster, scenario, runs).split(separator: "\n", omittingEmptySubsequences: false)
    let cut = lines.firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
    let head = PageMarkup.html(Array(lines[..<cut]))
    let log = lines[cut...].dropFirst().filter { !$0.isEmpty }
    let charts = runs.first.map { chartSections($0, scenario) } ?? ""
    let entries =
        log.isEmpty
        ? ""
        : element(
            "section",
            element("h2", "What happened") + element("pre", [("class", "log")], escaped(log.joined(separator: "\n"))))
    return document(
        "\(cluster.name): simulation", style: pageStyle + timelineStyle,
        body: element("main", element("header", head) + charts + entries))
}

/// The charts of one run.
private func chartSections(_ result: ReplayResult, _ scenario: LoadScenario) -> String {
    let step = 60.0
    let marks =
        scenario.events.map { event in
            (step: event.seconds / step, words: "\(clock(.seconds(Int(event.seconds)))) \(event.words)")
        }
        + result.entries.filter { $0.kind == .preemption }.map { entry in
            (step: Double(entry.time.milliseconds) / 1000 / step, words: "\(clock(entry.time)) \(entry.text)")
        }
    func chart(
        _ title: String, _ unit: String, _ lines: [TimelineChart.Line], level: (String, Double)? = nil
    ) -> TimelineChart {
        TimelineChart(
            title: title, unit: unit, lines: lines, level: level.map { (name: $0.0, value: $0.1) }, marks: marks,
            step: step)
    }
    var text = ""
    for (place, model) in result.models.enumerated() {
        let samples = result.samples.map { $0.models[place] }
        var own = [
            chart("Load", "requests per second", [.init(name: "arrivals", style: "a", values: samples.map(\.rate))]),
            chart(
                "Replicas", "number",
                [
                    .init(name: "wanted", style: "b", values: samples.map { Double($0.wanted) }, isStepped: true),
                    .init(name: "ready", style: "a", values: samples.map { Double($0.ready) }, isStepped: true),
                ]),
            chart(
                "Requests in replicas", "number",
                [
                    .init(name: "running", style: "a", values: samples.map { Double($0.running) }),
                    .init(name: "waiting", style: "c", values: samples.map { Double($0.waiting) }),
                ]),
        ]
        let goal = model.tally.ttft
        own.append(
            chart(
                "\(model.latency.title) at \(percent(goal?.share ?? 0.95)) of the requests", "seconds",
                [.init(name: model.latency.words, style: "a", values: samples.map(\.ttft))],
                level: goal.map { ("objective: \(seconds($0.seconds))", $0.seconds) }))
        text += element(
            "section",
            element("h2", escaped(model.name))
                + own.enumerated().map { $0.element.draw("m\(place)-\($0.offset)") }.joined(separator: "\n"))
    }
    let styles = ["a", "b", "c", "d", "e", "f"]
    let used = result.pools.indices.filter { pool in result.samples.contains { $0.nodes[pool] > 0 } }
    let pools = used.enumerated().map { place, pool in
        TimelineChart.Line(
            name: result.pools[pool], style: styles[place % styles.count],
            values: result.samples.map { Double($0.nodes[pool]) }, isStepped: true)
    }
    let cluster = [
        chart("Nodes of each pool", "number", pools),
        chart(
            "Cost of the nodes", "dollars per hour",
            [.init(name: "cost", style: "a", values: result.samples.map(\.dollars), isStepped: true)]),
    ]
    return text
        + element(
            "section",
            element("h2", "Nodes")
                + cluster.enumerated().map { $0.element.draw("n\($0.offset)") }.joined(separator: "\n"))
}

/// What the timeline adds to the style of a page.
private let timelineStyle = """

    :root { --a: #1f5f99; --b: #9aa5b1; --c: #b3261e; --d: #2f7d4f; --e: #8a5a00; --f: #6d4aa3; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --a: #6fb1ea; --b: #7d8a97; --c: #ff8a80; --d: #7fcf9f; --e: #e0b056; --f: #b79be8; }
    }
    .chart .grid { stroke: var(--line); stroke-width: .7; }
    .chart .event { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 2 3; }
    .chart .goal { stroke: var(--budget); stroke-width: 1.5; stroke-dasharray: 5 3; }
    .chart .tick { text-anchor: middle; fill: var(--faint); font-size: 11px; }
    .line { fill: none; stroke-width: 1.6; }
    .line.a { stroke: var(--a); } .line.b { stroke: var(--b); } .line.c { stroke: var(--c); }
    .line.d { stroke: var(--d); } .line.e { stroke: var(--e); } .line.f { stroke: var(--f); }
    .swatch.a { background: var(--a); } .swatch.b { background: var(--b); } .swatch.c { background: var(--c); }
    .swatch.d { background: var(--d); } .swatch.e { background: var(--e); } .swatch.f { background: var(--f); }
    .log { padding: 1rem; background: var(--band); overflow-x: auto; font: .8rem/1.5 ui-monospace, monospace; white-space: pre-wrap; }

    """
