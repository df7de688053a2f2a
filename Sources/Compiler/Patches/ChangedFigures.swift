import Diagnostics
import Groundwork
import Planning
import Verify

extension RenderedObject {
    /// Reports the figures of the plan, and the words that decide them, which a change replaces, removes or adds: the plan does not follow.
    func changedFigures(in changed: ManifestValue, by change: ObjectChange) -> [Diagnostic] {
        changedValues(from: root, to: changed, at: []).map { value in
            let (name, place) = (value.path.text, change.place(of: value.new, at: value.path))
            guard let old = value.old, let fact = value.fact else {
                return Diagnostic(
                    .warning, "patch-changes-figure",
                    "a patch adds \(shown(value.new)) to `\(name)` of \(words), and the plan is computed without it",
                    at: place, label: "decides figures of the plan", help: help(for: value))
            }
            let was = shown(old)
            let what = value.new.map { "sets `\(name)` of \(words) to \(shown($0))" } ?? "removes `\(name)` of \(words)"
            let rest = Diagnostic.Note(
                "everything else, such as capacity and costs in PLAN.md, is still computed for \(was)")
            return Diagnostic(
                .warning, "patch-changes-figure", "a patch \(what), but it is \(was) in the plan",
                at: place, label: fact.meaningOfFigure ?? "decides figures of the plan",
                notes: [rest] + source(of: fact), help: help(for: value))
        }
    }

    /// The place in the spec that sets the figure.
    private func source(of fact: LineTrace.Piece) -> [Diagnostic.Note] {
        guard case .written(let range) = fact.value?.origin else { return [] }
        return [.init("the spec sets it here", at: range)]
    }

    private func help(for changed: ChangedValue) -> [Help] {
        if let argument = changed.argument {
            return ["change the spec instead: `\(argument.flag)` follows from \(argument.source)"]
        }
        if case .written = changed.fact?.value?.origin { return ["change it in the spec instead"] }
        return ["change what it is computed from instead: without the patch, `stowage explain` shows it"]
    }
}

/// A value of the plan that a change replaces, removes or adds, and its path in the object.
private struct ChangedValue {
    let path: [ObjectStep]
    /// The value in the plan; nil if it is added.
    let old: ManifestValue?
    /// The value after the change; nil if it is removed.
    let new: ManifestValue?
    /// What placed the old value.
    let fact: LineTrace.Piece?

    /// The argument of vLLM that it is.
    var argument: PlannedArgument? {
        path.isIn("args") ? (old ?? new)?.text.flatMap { PlannedArgument.of($0) } : nil
    }
}

private func changedValues(from old: ManifestValue, to new: ManifestValue?, at path: [ObjectStep]) -> [ChangedValue] {
    if let new, old.isUntouched(from: new) { return [] }
    if let entries = old.entries {
        return entries.flatMap { changedValues(from: $0.value, to: new?[$0.key], at: path + [.key($0.key)]) }
    }
    if let items = old.items {
        let (changed, added) = pairs(items, new?.items ?? [])
        return changed.flatMap { index, item, other in
            changedValues(from: item, to: other, at: path + [.item(index, item)])
        }
            + added.compactMap { item in
                let value = ChangedValue(path: path, old: nil, new: item, fact: nil)
                return value.argument == nil ? nil : value
            }
    }
    if let new, old.isEqual(to: new) { return [] }
    let decides = path.decideFigures(from: old, to: new)
    return old.placedFacts.first { $0.isFigure || decides && $0.value != nil }.map {
        [ChangedValue(path: path, old: old, new: new, fact: $0)]
    } ?? []
}

extension [ObjectStep] {
    /// Whether it leads through a key.
    fileprivate func isIn(_ key: String) -> Bool {
        contains { if case .key(key) = $0 { true } else { false } }
    }

    /// Whether a word here decides figures: what a pod runs, on which nodes, and before which other pods.
    fileprivate func decideFigures(from old: ManifestValue, to new: ManifestValue?) -> Bool {
        guard let text = old.text else { return false }
        // The first argument is the model, as `--model` is in older releases.
        if isIn("args") {
            return PlannedArgument.of(text) != nil || !text.hasPrefix("-") && new?.text != "--model=\(text)"
        }
        if isIn("requirements") || isIn("priorityClassName") { return true }
        // The same release from another registry is the same.
        if case .key("image")? = last { return text.imageTag != new?.text?.imageTag }
        return false
    }
}

extension String {
    /// The tag of an image, without its registry and digest.
    fileprivate var imageTag: Substring? {
        let name = prefix { $0 != "@" }.split(separator: "/").last ?? ""
        return name.firstIndex(of: ":").map { name[name.index(after: $0)...] }
    }
}

/// Pairs the items of a list that have no equal in another with what replaces them there, by name or else in order; the others are added.
private func pairs(
    _ old: [ManifestValue], _ new: [ManifestValue]
) -> (changed: [(index: Int, item: ManifestValue, other: ManifestValue?)], added: [ManifestValue]) {
    var rest = new
    var changed: [(index: Int, item: ManifestValue, other: ManifestValue?)] = []
    for (index, item) in old.enumerated() {
        if let equal = rest.firstIndex(where: { item.isUntouched(from: $0) || item.isEqual(to: $0) }) {
            rest.remove(at: equal)
        } else {
            changed.append((index, item, nil))
        }
    }
    for index in changed.indices {
        guard let named = rest.firstIndex(where: { changed[index].item.isNamed(as: $0) }) else { continue }
        changed[index].other = rest.remove(at: named)
    }
    for index in changed.indices
    where changed[index].other == nil && !changed[index].item.isNamed(as: changed[index].item) {
        if !rest.isEmpty { changed[index].other = rest.removeFirst() }
    }
    return (changed, rest)
}

extension LineTrace.Piece {
    /// Whether the plan computed the value or a number in it, or the spec sets a number that the plan rests on.
    fileprivate var isFigure: Bool {
        guard let value else { return false }
        switch value.origin {
        case .computed: return true
        case .composed(let composition): return composition.text.figures.contains { $0.notation != nil }
        case .written:
            switch value.value {
            case .integer, .number: return true
            case .string, .boolean, .list, .mapping, .record: return false
            }
        case .parameter, .catalog, .convention, .inferred: return false
        }
    }

    /// What the figure means: the reason of a text, otherwise what the type of the fact says.
    fileprivate var meaningOfFigure: String? {
        if case .composed(let composition) = value?.origin { return composition.reason }
        return meaning
    }
}

/// A value as a message shows it.
private func shown(_ value: ManifestValue?) -> String {
    guard let value else { return "null" }
    guard let text = value.text else { return value.isNull ? "null" : value.kind == .list ? "a list" : "a mapping" }
    return text.utf8.count > 60 || text.contains("\n") ? "another text" : "`\(text)`"
}
