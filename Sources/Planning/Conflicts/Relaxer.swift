import Diagnostics
import Groundwork

/// Tries changes of a spec's text by really planning what they give.
struct Relaxer {
    let spec: ClusterSpec
    /// The models that are looked at; those that fail for reasons of their own are not.
    let models: Set<String>
    let solutions: Solutions

    /// Finds for each wish its mildest change that helps, and for each further change whether it does; the cheapest first.
    func relaxations(of wishes: [Wish], further: [SpecEdit] = []) -> [Relaxation] {
        let found = wishes.flatMap { mildest($0.weaker(in: spec)) } + further.compactMap(tried)
        return found.sorted { left, right in
            (left.worstPerMonth, left.edit.range.start) < (right.worstPerMonth, right.edit.range.start)
        }
    }

    /// Finds the first change that helps: of few by trying each, of many by halving, as then each asks for less than the one before.
    ///
    /// Beside it stands the next one, if asking for a little less costs less than half.
    private func mildest(_ edits: [SpecEdit]) -> [Relaxation] {
        guard let (index, found) = edits.count > 8 ? byHalving(edits) : byTrying(edits) else { return [] }
        guard index + 1 < edits.count, let next = tried(edits[index + 1]), next.worstPerMonth < found.worstPerMonth / 2
        else { return [found] }
        return [next, found]
    }

    private func byTrying(_ edits: [SpecEdit]) -> (Int, Relaxation)? {
        for (index, edit) in edits.enumerated() {
            if let found = tried(edit) { return (index, found) }
        }
        return nil
    }

    private func byHalving(_ edits: [SpecEdit]) -> (Int, Relaxation)? {
        guard let last = edits.last, var best = tried(last) else { return nil }
        var (low, high) = (0, edits.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if let found = tried(edits[middle]) {
                best = found
                high = middle
            } else {
                low = middle + 1
            }
        }
        return (low, best)
    }

    /// Reads and plans the changed text; nil where anything is wrong with it.
    private func tried(_ edit: SpecEdit) -> Relaxation? {
        var report = Report()
        guard var changed = understand(edit.applied(to: spec.source), &report) else { return nil }
        changed.models = changed.models.filter { models.contains($0.name.value) }
        let attempt = attempt(changed, PriceList(changed), sharing: solutions, &report)
        guard let decision = attempt.decision, attempt.obstacles.isEmpty, !report.hasErrors else { return nil }
        return Relaxation(edit: edit, worstPerMonth: decision.money.worstPerMonth.value)
    }
}
