import Diagnostics
import Groundwork
import Verify

extension RenderedObject {
    /// Reports the figures of the plan that a change replaces or removes: the plan does not follow.
    func changedFigures(in changed: ManifestValue, by change: ObjectChange) -> [Diagnostic] {
        changedFacts(from: root, to: changed, at: []).map { path, old, new, fact in
            let (name, was) = (path.text, shown(old))
            let what = new.map { "sets `\(name)` of \(words) to \(shown($0))" } ?? "removes `\(name)` of \(words)"
            let rest = Diagnostic.Note(
                "everything else, such as capacity and costs in PLAN.md, is still computed for \(was)")
            return Diagnostic(
                .warning, "patch-changes-figure", "a patch \(what), but it is \(was) in the plan",
                at: change.place(of: new, at: path), label: fact.meaningOfFigure ?? "a figure of the plan",
                notes: [rest] + source(of: fact), help: [help(for: fact)])
        }
    }

    /// The place in the spec that sets the figure.
    private func source(of fact: LineTrace.Piece) -> [Diagnostic.Note] {
        guard case .written(let range) = fact.value?.origin else { return [] }
        return [.init("the spec sets it here", at: range)]
    }

    private func help(for fact: LineTrace.Piece) -> Help {
        if case .written = fact.value?.origin { return "change it in the spec instead" }
        return "change what it is computed from instead: without the patch, `stowage explain` shows it"
    }
}

/// A fact that a change replaces, its path in the object, and its value before and after; nil if it is removed.
private typealias ChangedFact = (path: [ObjectStep], old: ManifestValue, new: ManifestValue?, fact: LineTrace.Piece)

private func changedFacts(from old: ManifestValue, to new: ManifestValue?, at path: [ObjectStep]) -> [ChangedFact] {
    if let new, old.isUntouched(from: new) { return [] }
    if let entries = old.entries {
        return entries.flatMap { changedFacts(from: $0.value, to: new?[$0.key], at: path + [.key($0.key)]) }
    }
    if let items = old.items {
        return pairs(items, new?.items ?? []).flatMap { index, item, other in
            changedFacts(from: item, to: other, at: path + [.item(index, item)])
        }
    }
    if let new, old.isEqual(to: new) { return [] }
    return old.placedFacts.first(where: \.isFigure).map { [(path, old, new, $0)] } ?? []
}

/// Pairs the items of a list that have no equal in another with what replaces them there, by name or else in order.
private func pairs(
    _ old: [ManifestValue], _ new: [ManifestValue]
) -> [(index: Int, item: ManifestValue, other: ManifestValue?)] {
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
    return changed
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
private func shown(_ value: ManifestValue) -> String {
    guard let text = value.text else { return value.isNull ? "null" : value.kind == .list ? "a list" : "a mapping" }
    return text.utf8.count > 60 || text.contains("\n") ? "another text" : "`\(text)`"
}
