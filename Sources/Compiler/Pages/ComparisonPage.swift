import Diagnostics
import Groundwork
import Planning

/// The page of a plan with a column for each scenario, today first.
package func page(_ scenarios: [Scenario]) -> String {
    guard let today = scenarios.first?.plan else { return "" }
    return
        ([
            "# \(today.spec.name.value), what if\n", totals(scenarios, today), models(scenarios, today),
            pools(scenarios, today),
        ]
        + rejections(scenarios)).joined(separator: "\n")
}

/// The figures of every scenario as JSON, each as in `plan.json`.
package func figures(_ scenarios: [Scenario]) -> String {
    let parts = scenarios.map { scenario -> String in
        let content =
            scenario.plan.map { "\"plan\": " + indented(figures($0)) }
            ?? "\"refused\": " + JSON.array(scenario.rejections.map(JSON.string)).line
        return "    {\n      \"name\": \(JSON.string(scenario.title).line),\n      \(content)\n    }"
    }
    return "{\n  \"scenarios\": [\n" + parts.joined(separator: ",\n") + "\n  ]\n}\n"
}

private func totals(_ scenarios: [Scenario], _ today: Plan) -> String {
    let rows: [(String, (Plan) -> Double)] = [
        ("expected, $/month", { $0.money.expectedPerMonth.value }),
        ("at steady load, $/month", { $0.money.steadyPerMonth.value }),
        ("at peak load, $/month", { $0.money.peakPerMonth.value }),
        ("worst case, $/month", { $0.money.worstPerMonth.value }),
    ]
    var table = rows.map { row in
        [row.0]
            + scenarios.map { scenario in
                money(scenario.plan.map(row.1), row.1(today), isToday: scenario.title == "today")
            }
    }
    if let budget = today.money.budget?.value {
        table.append(
            ["budget \(dollars(budget))"]
                + scenarios.map { scenario in
                    guard let worst = scenario.plan?.money.worstPerMonth.value else { return "–" }
                    return worst > budget ? "\(dollars(worst - budget)) over" : "\(dollars(budget - worst)) left"
                })
    }
    return "## Money\n\n" + Table(head: [""] + scenarios.map(\.title), words: table).text.text
}

private func money(_ value: Double?, _ today: Double, isToday: Bool) -> String {
    guard let value else { return "–" }
    let change = value - today
    guard !isToday, abs(change) >= 0.5 else { return dollars(value) }
    return "\(dollars(value)) (\(change > 0 ? "+" : "−")\(dollars(abs(change))))"
}

private func models(_ scenarios: [Scenario], _ today: Plan) -> String {
    let rows = today.models.flatMap { model -> [[String]] in
        func cells(_ cell: (Placement) -> String) -> [String] {
            scenarios.map { scenario in
                scenario.plan?.models.first { $0.name == model.name }.map { cell($0.placement) } ?? "–"
            }
        }
        var rows = [
            ["\(model.name): replica runs on"]
                + cells {
                    "\($0.point.tensorParallel.value) × \($0.candidate.accelerator.gpu.id) on \($0.candidate.type.name)"
                },
            ["\(model.name): replicas"] + cells { "\($0.minReplicas.value)–\($0.maxReplicas.value)" },
        ]
        if scenarios.contains(where: { $0.left[model.name] != nil }) {
            rows.append(["\(model.name): left after the loss"] + scenarios.map { $0.left[model.name]?.words ?? "" })
        }
        return rows
    }
    return "## Models\n\n" + Table(head: [""] + scenarios.map(\.title), words: rows).text.text
}

private func pools(_ scenarios: [Scenario], _ today: Plan) -> String {
    let names = unique(scenarios.flatMap { $0.plan?.pools.map(\.name.value) ?? [] })
    let rows = names.map { name in
        [name]
            + scenarios.map { scenario -> String in
                guard let plan = scenario.plan else { return "–" }
                guard let pool = plan.pools.first(where: { $0.name.value == name }) else { return "none" }
                let cost = plan.money.pools.first { $0.pool == name }.map { dollars($0.worstPerMonth.value) }
                let nodes = counted(pool.size.nodes.value, "node")
                return "\(nodes), \(counted(pool.size.gpus.value, "GPU")), \(cost ?? "no price")"
            }
    }
    let idle = unique(scenarios.flatMap { $0.plan.map(idleReservations) ?? [] }).map { id in
        [id]
            + scenarios.map { scenario -> String in
                guard let plan = scenario.plan else { return "–" }
                guard idleReservations(plan).contains(id), let cost = plan.money.pools.first(where: { $0.pool == id })
                else { return "in use" }
                return "reserved, idle, \(dollars(cost.worstPerMonth.value))"
            }
    }
    return "## Pools, with worst-case $/month\n\n"
        + Table(head: [""] + scenarios.map(\.title), words: rows + idle).text.text
}

/// The reservations that are billed but that no pool uses.
private func idleReservations(_ plan: Plan) -> [String] { unusedReservations(plan.spec, plan.pools).map(\.id.value) }

private func rejections(_ scenarios: [Scenario]) -> [String] {
    scenarios.filter { $0.plan == nil }.map { scenario in
        "## No plan: \(scenario.title)\n\n" + scenario.rejections.map { "- \($0)\n" }.joined()
    }
}

/// A number with its noun: `1 node`, `2 nodes`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

/// The text with every line but the first indented.
private func indented(_ text: String) -> String {
    text.split(separator: "\n").enumerated().map { $0 == 0 ? String($1) : "      \($1)" }.joined(separator: "\n")
}
