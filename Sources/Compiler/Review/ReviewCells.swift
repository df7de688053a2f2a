import Groundwork

/// Pairs the parts of two versions by name: in the order of the new one, then those that were removed.
func pairs<Part>(_ old: [Part], _ new: [Part], _ name: (Part) -> String) -> [(before: Part?, after: Part?)] {
    let kept = new.map { part in (before: old.first { name($0) == name(part) }, after: Optional(part)) }
    let gone = old.filter { part in !new.contains { name($0) == name(part) } }
    return kept + gone.map { (before: Optional($0), after: nil) }
}

/// One cell of two versions: the value if it is the same, both if it changes.
func step(_ before: String?, _ after: String?) -> String {
    switch (before, after) {
    case (let before?, let after?): before == after ? after : "\(before) → **\(after)**"
    case (nil, let after?): "**\(after)**"
    case (let before?, nil): "~~\(before)~~"
    case (nil, nil): "–"
    }
}

/// A row for a part that is new, removed or changed; nil if nothing changes.
func row(_ isNew: Bool, _ isGone: Bool, _ name: String, _ cells: [String]) -> [String]? {
    let plain = cells.map { String($0.filter { $0 != "*" && $0 != "~" }) }
    if isNew { return ["**\(name)** (new)"] + plain }
    if isGone { return ["~~\(name)~~ (removed)"] + plain }
    return cells.contains { $0.contains("→") || $0.hasPrefix("**") || $0.hasPrefix("~~") } ? [name] + cells : nil
}

/// A titled table; empty without rows.
func section(_ title: String, _ head: [String], _ rows: [[String]]) -> String {
    rows.isEmpty ? "" : "### \(title)\n\n" + Table(head: head, words: rows).text.text
}

/// The difference of two figures; empty if they are equal.
func difference(_ before: Double?, _ after: Double?, _ show: (Double) -> String) -> String {
    guard let before, let after, changeNumber(before) != changeNumber(after) else { return "" }
    return show(after - before)
}

func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + changeNumber(value) }

func signedMoney(_ value: Double) -> String { (value > 0 ? "+" : "") + dollars(value) }

func money(_ value: Double?) -> String { value.map(dollars) ?? "–" }

func replicas(_ model: PlanFigures.Model) -> String {
    let (least, most) = (model.minReplicas.map(changeNumber) ?? "?", model.maxReplicas.map(changeNumber) ?? "?")
    return least == most ? least : "\(least)–\(most)"
}

func mostGPUs(_ model: PlanFigures.Model) -> String? {
    model.maxReplicas.map { changeNumber($0 * (model.gpusPerReplica ?? 1)) }
}

func teamName(_ model: PlanFigures.Model) -> String? { model.team.isEmpty ? nil : model.team }
