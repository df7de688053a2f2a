import Diagnostics
import YAML

/// Gives each model what its team sets for it, as far as the model does not set it; what is given keeps its place.
func withTeamDefaults(_ document: Node) -> Node {
    guard let spec = document["spec"], let teams = spec["teams"]?.items, let models = spec["models"]?.items else {
        return document
    }
    let given = models.map { model -> Node in
        guard let entries = model.entries, let name = model["team"]?.scalar?.text,
            let team = teams.first(where: { $0["name"]?.scalar?.text == name })
        else { return model }
        let added = defaults(of: team).filter { entry in model[entry.key] == nil && !entry.value.isNull }
        return labeled(Node(.mapping(entries + added), model.range), as: team)
    }
    guard let range = spec["models"]?.range else { return document }
    let all = Node(.sequence(given), range)
    return document.replacing("spec", by: spec.replacing("models", by: all, at: range), at: spec.range)
}

/// A model with the labels of its team, besides its own.
private func labeled(_ model: Node, as team: Node) -> Node {
    guard let labels = team.entries?.first(where: { $0.key == "labels" }), let theirs = labels.value.entries else {
        return model
    }
    guard let own = model["labels"] else { return model.replacing("labels", by: labels.value, at: labels.keyRange) }
    guard let entries = own.entries else { return model }
    let all = Node(.mapping(entries + theirs.filter { own[$0.key] == nil }), own.range)
    return model.replacing("labels", by: all, at: labels.keyRange)
}

/// What a team sets for its models; a ceiling below the usual priority is also their priority.
private func defaults(of team: Node) -> [Node.Entry] {
    var entries = (team["defaults"]?.entries ?? []).filter { ["class", "priority"].contains($0.key) }
    if let ceiling = team.entries?.first(where: { $0.key == "maxPriority" }),
        ceiling.value.scalar?.text == Priority.bestEffort.rawValue, !entries.contains(where: { $0.key == "priority" })
    {
        entries.append(Node.Entry("priority", ceiling.keyRange, ceiling.value))
    }
    return entries + (team.entries ?? []).filter { $0.key == "namespace" }
}
