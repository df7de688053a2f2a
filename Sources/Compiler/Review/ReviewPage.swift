import Diagnostics
import Groundwork

/// What compiling a spec would change, as Markdown for a pull request: money and capacity first, then the files.
///
/// - Parameter before: the committed `plan.json`; nil if there is none.
/// - Parameter after: the `plan.json` of the new tree.
package func reviewPage(
    of cluster: String, before: SourceFile?, after: SourceFile, _ comparison: TreeComparison, in folder: String
) -> String {
    guard let new = PlanFigures(after) else { return "" }
    let old = before.flatMap { PlanFigures($0) }
    let changes = comparison.files.filter { $0.change != .unchanged }
    if changes.isEmpty { return "## `\(cluster)`: no changes\n" }
    let parts = [teams(old, new), models(old, new), thresholds(old, new), pools(old, new)].filter { !$0.isEmpty }
    var text = headline(cluster, old, new) + "\n" + totals(old, new)
    if parts.isEmpty, old != nil { text += "\nReplicas, thresholds and pools do not change.\n" }
    for part in parts { text += "\n" + part }
    return text + "\n" + files(changes, in: folder)
}

private func headline(_ cluster: String, _ old: PlanFigures?, _ new: PlanFigures) -> String {
    guard let old else {
        return "## `\(cluster)` is new: expected \(money(new.expected)) per month, worst case \(money(new.worst))\n"
    }
    func words(_ before: Double?, _ after: Double?) -> String {
        let step = difference(before, after, signedMoney)
        return money(after) + (step.isEmpty ? " (unchanged)" : " (\(step))")
    }
    return "## `\(cluster)`: expected \(words(old.expected, new.expected)) per month, "
        + "worst case \(words(old.worst, new.worst))\n"
}

private func totals(_ old: PlanFigures?, _ new: PlanFigures) -> String {
    let money: [(String, (PlanFigures) -> Double?)] = [
        ("expected, $/month", \.expected), ("worst case, $/month", \.worst), ("budget, $/month", \.budget),
    ]
    let counts: [(String, (PlanFigures) -> Double?)] = [
        ("minimum replicas", \.leastReplicas), ("maximum replicas", \.mostReplicas), ("maximum nodes", \.nodes),
        ("maximum GPUs", \.gpus),
    ]
    func row(_ name: String, _ read: (PlanFigures) -> Double?, _ show: (Double) -> String, _ step: (Double) -> String)
        -> [String]
    {
        let (before, after) = (old.flatMap(read), read(new))
        return [name, before.map(show) ?? "–", after.map(show) ?? "–", difference(before, after, step)]
    }
    let rows =
        money.map { row($0.0, $0.1, dollars, signedMoney) } + counts.map { row($0.0, $0.1, changeNumber, signed) }
    return Table(head: ["", "before", "after", "change"], words: rows.filter { $0[1] != "–" || $0[2] != "–" }).text.text
}

private func teams(_ old: PlanFigures?, _ new: PlanFigures) -> String {
    let rows = pairs(old?.teams ?? [], new.teams, \.name).compactMap { before, after -> [String]? in
        func cell(_ read: (PlanFigures.Team) -> Double?) -> String {
            step(before.flatMap(read).map(dollars), after.flatMap(read).map(dollars))
        }
        let cells = [cell(\.expected), cell(\.worst), cell(\.budget)]
        return row(before == nil, after == nil, (after ?? before)?.name ?? "", cells)
    }
    return section("Teams", ["team", "expected $/month", "worst case $/month", "budget $/month"], rows)
}

private func models(_ old: PlanFigures?, _ new: PlanFigures) -> String {
    let hasTeams = ((old?.models ?? []) + new.models).contains { !$0.team.isEmpty }
    let rows = pairs(old?.models ?? [], new.models, \.name).compactMap { before, after -> [String]? in
        let team = hasTeams ? [step(before.flatMap(teamName), after.flatMap(teamName))] : []
        let cells =
            team + [
                step(before.map(replicas), after.map(replicas)), step(before?.hardware, after?.hardware),
                step(before.flatMap(mostGPUs), after.flatMap(mostGPUs)),
            ]
        return row(before == nil, after == nil, (after ?? before)?.name ?? "", cells)
    }
    return section(
        "Models", ["model"] + (hasTeams ? ["team"] : []) + ["replicas", "replica runs on", "maximum GPUs or shares"],
        rows)
}

private func thresholds(_ old: PlanFigures?, _ new: PlanFigures) -> String {
    let rows = pairs(old?.models ?? [], new.models, \.name).flatMap { before, after -> [[String]] in
        pairs(before?.thresholds ?? [], after?.thresholds ?? [], \.unit).compactMap { first, second in
            let cells = PlanFigures.Thresholds.names.indices.map { index in
                step(first?.levels[index].map(changeNumber), second?.levels[index].map(changeNumber))
            }
            let name = "\((after ?? before)?.name ?? ""), \((second ?? first)?.unit ?? "")"
            return row(first == nil, second == nil, name, cells)
        }
    }
    return section(
        "Thresholds", ["model, load per replica", "scale down", "scale up", "warning", "critical", "limit"], rows)
}

private func pools(_ old: PlanFigures?, _ new: PlanFigures) -> String {
    let rows = pairs(old?.pools ?? [], new.pools, \.name).compactMap { before, after -> [String]? in
        func cell(_ read: (PlanFigures.Pool) -> Double?, _ show: (Double) -> String) -> String {
            step(before.flatMap(read).map(show), after.flatMap(read).map(show))
        }
        let cells = [
            step(before?.types, after?.types), cell(\.nodes, changeNumber), cell(\.gpus, changeNumber),
            cell(\.expected, dollars), cell(\.worst, dollars),
        ]
        return row(before == nil, after == nil, (after ?? before)?.name ?? "", cells)
    }
    return section(
        "Pools", ["pool", "instance types", "max nodes", "max GPUs", "expected $/month", "worst case $/month"], rows)
}

private func files(_ changes: [TreeComparison.File], in folder: String) -> String {
    let kinds: [(String, String)] = [
        ("create", "created"), ("update", "updated"), ("delete", "deleted"), ("edited", "edited by hand"),
        ("foreign", "not written by Stowage"),
    ]
    let counts = kinds.compactMap { word, words in
        let count = changes.count { $0.change.words == word }
        return count == 0 ? nil : "\(count) \(words)"
    }
    var text = "### Files\n\n<details><summary>\(counts.joined(separator: ", "))</summary>\n\n"
    for file in changes { text += "- \(file.change.words) `\(folder)/\(file.path)`\n" }
    return text + "\n</details>\n"
}
