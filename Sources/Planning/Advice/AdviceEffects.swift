import Groundwork

/// What changes in the plan of a model, or of all models, as figures before and after.
func effects(_ model: String?, _ before: Plan, _ after: Plan) -> [String] {
    guard let model else {
        return zip(before.models, after.models).flatMap { old, new in
            effects(old.placement, new.placement).map { "`\(old.name)`: \($0)" }
        }
    }
    func placement(_ plan: Plan) -> Placement? { plan.models.first { $0.name == model }?.placement }
    guard let old = placement(before), let new = placement(after) else { return [] }
    return effects(old, new)
}

/// What differs between two placements of a model.
private func effects(_ old: Placement, _ new: Placement) -> [String] {
    let (from, to) = (old.point, new.point)
    let parts: [String?] = [
        old.candidate.words == new.candidate.words ? nil : "\(old.candidate.words) → \(new.candidate.words)",
        changed("replicas", replicas(old), replicas(new)),
        changed("cold start", "\(from.coldStart.total.value) s", "\(to.coldStart.total.value) s"),
        changed(
            new.candidate.workload.answerWords, milliseconds(from.answer, .rounded(0)),
            milliseconds(to.answer, .rounded(0))),
        changed(
            "time per output token", milliseconds(from.timePerOutputToken, .rounded(1)),
            milliseconds(to.timePerOutputToken, .rounded(1))),
    ]
    return parts.compactMap { $0 }
}

private func replicas(_ placement: Placement) -> String {
    "\(placement.minReplicas.value)–\(placement.maxReplicas.value)"
}

private func milliseconds(_ seconds: Traced<Double>?, _ notation: Notation) -> String {
    seconds.map { "\(notation.text($0.value * 1000)) ms" } ?? "none"
}

/// A figure before and after; nil if it stays.
private func changed(_ name: String, _ before: String, _ after: String) -> String? {
    before == after ? nil : "\(name) \(before) → \(after)"
}
