import Diagnostics
import Groundwork

/// The replicas of a model that remain when zones are lost.
package struct Remainder: Sendable {
    package let replicas: Int
    package let words: String
}

/// How many replicas of each model's minimum remain when zones are lost, before new ones run; empty if none is lost.
///
/// Other changes apply first.
func left(_ changes: [WhatIf], of spec: ClusterSpec, _ today: Plan) -> [String: Remainder] {
    let others = changes.filter { !$0.losesZone }
    guard others.count < changes.count else { return [:] }
    var report = Report()
    let stays = Set(spec.under(changes.filter(\.losesZone), &report).platform.zones.map(\.value))
    let lost = Set(spec.platform.zones.map(\.value)).subtracting(stays)
    var changed = spec.under(others, &report)
    (changed.budget, changed.teams) = (nil, [])
    guard let before = others.isEmpty ? today : plan(changed, &report) else { return [:] }
    let words = before.models.compactMap { model -> (String, Remainder)? in
        let pool = before.pools.first { $0.role == .primary && $0.models.contains(model.name) }
        guard let pool, !model.placement.scalesToZero else { return nil }
        return (model.name, remainder(of: model.placement, in: pool, without: lost))
    }
    return Dictionary(words) { first, _ in first }
}

extension WhatIf {
    /// Whether it removes a zone.
    fileprivate var losesZone: Bool { if case .lostZone = self { true } else { false } }
}

/// The replicas of a model that remain in its primary pool, and whether they carry the steady traffic until others run.
private func remainder(of model: Placement, in pool: PoolPlan, without lost: Set<String>) -> Remainder {
    let zones = pool.group?.reservation.map { [$0.zone.value] } ?? pool.hardware.zones.map(\.value)
    let gone = zones.filter(lost.contains).count
    let all = model.minReplicas.value
    if gone == 0 { return Remainder(replicas: all, words: "\(all): it has no nodes there") }
    if gone == zones.count { return Remainder(replicas: 0, words: "0 until its nodes may run in another zone") }
    // Karpenter uses reserved capacity first, in any zone.
    let reserved = pool.group == nil ? pool.hardware.reservations : []
    func instances(_ reservations: [ReservationSpec]) -> Int { reservations.reduce(0) { $0 + $1.count.value } }
    let spread = max(0, model.baseNodes - instances(reserved))
    let kept = min(model.baseNodes, instances(reserved.filter { lost.contains($0.zone.value) }))
    let nodes = kept + gone * (spread / zones.count) + min(gone, spread % zones.count)
    let left = max(0, all - nodes * model.onOneNode)
    let isSure = reserved.isEmpty && spread.isMultiple(of: zones.count)
    let words =
        (isSure ? "\(left)" : left == 0 ? "perhaps none" : "at least \(left)")
        + (spread > 0 ? " if its nodes are spread evenly" : "")
    guard let steady = model.spec.traffic?.steady.value else { return Remainder(replicas: left, words: words) }
    let carries = Double(left) * model.point.requestsPerSecond.value >= steady
    let wait = "too few for steady traffic for \(model.point.coldStart.total.value) s"
    let verdict = carries ? "enough for steady traffic" : isSure ? wait : "perhaps \(wait)"
    return Remainder(replicas: left, words: "\(words), \(verdict)")
}
