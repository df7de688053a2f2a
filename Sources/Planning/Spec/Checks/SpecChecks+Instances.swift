import Diagnostics
import Groundwork
import YAML

/// Rejects instances that are both preferred and avoided.
func checkInstances(_ instances: InstancesSpec, _ report: inout Report) {
    for preferred in instances.prefer {
        guard let avoided = instances.avoid.first(where: { covers($0.value, preferred.value) }) else { continue }
        report.error(
            "preferred-and-avoided", "`\(preferred.value)` is both preferred and avoided", at: preferred.range,
            label: "preferred",
            notes: [.init("`\(avoided.value)` is avoided here", at: avoided.range)])
    }
    reportRepeated(instances.prefer.map { ($0.value, $0.range) }, "the instance", &report)
}

/// Whether a family or type includes another.
private func covers(_ outer: String, _ inner: String) -> Bool {
    outer == inner || !outer.contains(".") && inner.hasPrefix(outer + ".")
}

/// Checks reserved capacity against zones, instance types and capacity blocks.
func checkReservations(_ spec: ClusterSpec, _ report: inout Report) {
    for reservation in spec.reservations {
        let zone = reservation.zone
        if !zone.value.hasPrefix(spec.platform.region.value) {
            report.error(
                "zone-in-another-region", "`\(zone.value)` is not in `\(spec.platform.region.value)`", at: zone.range,
                label: "reserved in another region", notes: regionNote(spec.platform))
        } else if let first = spec.platform.zones.first,
            !spec.platform.zones.contains(where: { $0.value == zone.value })
        {
            report.error(
                "reservation-out-of-reach",
                "`\(reservation.id.value)` is in `\(zone.value)`, where no nodes are launched",
                at: zone.range, label: "paid for but never used",
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
                "the catalog has no capacity blocks for `\(type.name)`", at: ends.range,
                label: "only a capacity block has an end",
                notes: [.init("the instance type is set here", at: reservation.type.range)],
                help: [
                    Help(
                        "remove `ends` if `\(reservation.id.value)` is an on-demand reservation",
                        .removing(ends.range))
                ])
        }
        if let avoided = spec.instances.avoid.first(where: { covers($0.value, reservation.type.value) }) {
            report.warning(
                "avoided-reservation", "`\(reservation.type.value)` is both reserved and avoided",
                at: reservation.type.range,
                label: "paid for but never used", notes: [.init("it is avoided here", at: avoided.range)])
        }
    }
    reportRepeated(spec.reservations.map { ($0.id.value, $0.id.range) }, "the reservation", &report)
}

/// Checks which models may use spot capacity, and whether Karpenter receives interruption notices.
func checkSpot(_ spec: ClusterSpec, _ report: inout Report) {
    let policies = [spec.instances.spot] + spec.models.map(\.instances.spot)
    let allowed = policies.compactMap { $0 }.first { $0.value != .never }
    if let allowed, !spec.platform.karpenter.isInstalled {
        report.warning(
            "spot-without-karpenter", "spot is allowed, but managed node groups are planned with on-demand capacity",
            at: allowed.range,
            label: "no effect", help: ["use Karpenter to launch spot nodes for surges"])
    } else if let allowed, spec.platform.karpenter.interruptionQueue == nil, spec.platform.gpu.stack.value != .autoMode
    {
        report.error(
            "spot-without-interruption-queue", "spot is allowed, but Karpenter receives no interruption notices",
            at: allowed.range, label: "allowed here",
            notes: [.init("`interruptionQueue` is not set here", at: spec.platform.karpenter.range)],
            help: ["set `interruptionQueue: …` to the SQS queue; without it, pods get no notice at all"])
    }
    for model in spec.models where model.priority.value == .critical {
        guard let spot = model.instances.spot, spot.value != .never else { continue }
        report.warning(
            "spot-for-critical", "`\(model.name.value)` is critical but may run on spot", at: spot.range,
            label: "may be interrupted with two minutes' notice",
            notes: [.init("its priority is set here", at: model.priority.range)],
            help: [Help("remove this line: critical models do not run on spot by default", .removing(spot.range))])
    }
}

/// Checks that business hours start and end on the same day.
func checkBusinessHours(_ spec: ClusterSpec, _ report: inout Report) {
    guard let hours = spec.businessHours, hours.from.value >= hours.to.value else { return }
    report.error(
        "empty-business-hours", "business hours end at \(hours.to.value.text) and start at \(hours.from.value.text)",
        at: hours.to.range, label: hours.from.value == hours.to.value ? "no duration" : "before the start",
        notes: [.init("they start here", at: hours.from.range)],
        help: ["hours across midnight are not supported: set the longer part of the night"])
}
