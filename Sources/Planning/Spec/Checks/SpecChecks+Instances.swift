import Diagnostics
import Groundwork
import YAML

/// Refuses instances that are wanted and unwanted at once.
func checkInstances(_ instances: InstancesSpec, _ report: inout Report) {
    for wanted in instances.prefer {
        guard let avoided = instances.avoid.first(where: { covers($0.value, wanted.value) }) else { continue }
        report.error(
            "preferred-and-avoided", "`\(wanted.value)` is preferred and avoided", at: wanted.range, label: "preferred",
            notes: [.init("`\(avoided.value)` is avoided here", at: avoided.range)])
    }
    reportRepeated(instances.prefer.map { ($0.value, $0.range) }, "the instance", &report)
}

/// Whether a family or type takes in another.
private func covers(_ outer: String, _ inner: String) -> Bool {
    outer == inner || !outer.contains(".") && inner.hasPrefix(outer + ".")
}

/// Checks paid capacity against the places, wishes and the budget.
func checkReservations(_ spec: ClusterSpec, _ report: inout Report) {
    for reservation in spec.reservations {
        let zone = reservation.zone
        if !zone.value.hasPrefix(spec.platform.region.value) {
            report.error(
                "foreign-zone", "`\(zone.value)` is not in `\(spec.platform.region.value)`", at: zone.range,
                label: "reserved elsewhere", notes: regionNote(spec.platform))
        } else if let first = spec.platform.zones.first,
            !spec.platform.zones.contains(where: { $0.value == zone.value })
        {
            report.error(
                "reservation-out-of-reach",
                "`\(reservation.id.value)` lies in `\(zone.value)`, where no nodes are launched",
                at: zone.range, label: "paid for and never used",
                notes: [.init("the zones are listed here", at: first.range)],
                help: [
                    Help(
                        "add the zone to `platform.zones`",
                        spec.platform.zones.last?.range.map { .inserting(zone.value, after: $0) })
                ])
        }
        if let ends = reservation.ends, let type = Catalog.instanceType(named: reservation.type.value),
            !type.hasCapacityBlocks
        {
            report.warning(
                "unknown-capacity-block",
                "`\(type.name)` is not sold in capacity blocks, as far as the catalog knows", at: ends.range,
                label: "only a capacity block ends",
                notes: [.init("the type is named here", at: reservation.type.range)],
                help: [
                    Help(
                        "leave `ends` out if `\(reservation.id.value)` is an on-demand reservation",
                        .removing(ends.range))
                ])
        }
        if let avoided = spec.instances.avoid.first(where: { covers($0.value, reservation.type.value) }) {
            report.warning(
                "avoided-reservation", "`\(reservation.type.value)` is reserved and avoided",
                at: reservation.type.range,
                label: "paid for and never used", notes: [.init("avoided here", at: avoided.range)])
        }
    }
    reportRepeated(spec.reservations.map { ($0.id.value, $0.id.range) }, "the reservation", &report)
}

/// Checks who may use spot capacity, and whether anyone would hear of its end.
func checkSpot(_ spec: ClusterSpec, _ report: inout Report) {
    let wishes = [spec.instances.spot] + spec.models.map(\.instances.spot)
    let wish = wishes.compactMap { $0 }.first { $0.value == .allowed }
    if let wish, !spec.platform.karpenter.isInstalled {
        report.warning(
            "spot-without-karpenter", "spot is allowed, and managed node groups are planned on demand", at: wish.range,
            label: "no effect", help: ["Karpenter starts spot nodes for surges"])
    } else if let wish, spec.platform.karpenter.interruptionQueue == nil, spec.platform.gpu.stack.value != .autoMode {
        report.error(
            "spot-without-interruption-queue", "spot is allowed, and Karpenter would not hear of interruptions",
            at: wish.range, label: "allowed here",
            notes: [.init("no queue is named here", at: spec.platform.karpenter.range)],
            help: ["name the SQS queue: `interruptionQueue: …`; without it pods get no notice at all"])
    }
    for model in spec.models where model.priority.value == .critical {
        guard let spot = model.instances.spot, spot.value == .allowed else { continue }
        report.warning(
            "spot-for-critical", "`\(model.name.value)` is critical and may run on spot", at: spot.range,
            label: "may vanish with two minutes' notice",
            notes: [.init("its priority is given here", at: model.priority.range)],
            help: [Help("critical models stay off spot where this line is missing", .removing(spot.range))])
    }
}

/// Checks that business hours are a stretch of one day.
func checkBusinessHours(_ spec: ClusterSpec, _ report: inout Report) {
    guard let hours = spec.businessHours, hours.from.value >= hours.to.value else { return }
    report.error(
        "empty-business-hours", "business hours end at \(hours.to.value.text), and begin at \(hours.from.value.text)",
        at: hours.to.range, label: hours.from.value == hours.to.value ? "no time at all" : "before they begin",
        notes: [.init("they begin here", at: hours.from.range)],
        help: ["hours across midnight cannot be said: name the longer part of the night"])
}
