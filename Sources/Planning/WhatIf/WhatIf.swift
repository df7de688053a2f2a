import Diagnostics
import Groundwork

/// A change of circumstances to plan for: what happens to the cluster, not what the spec requires.
package enum WhatIf: Sendable, Hashable {
    /// A zone is gone; nil means the first of the spec.
    case lostZone(String?)
    /// No spot capacity is available.
    case noSpot
    /// Every capacity block has ended.
    case blocksEnded
    /// Steady and peak traffic times a number.
    case traffic(Double)
    /// The cluster is in another region, at its prices.
    case region(String)
    /// Every price times a number.
    case prices(Double)

    /// Reads `lost-zone`, `lost-zone=us-east-1a`, `no-spot`, `blocks-ended`, `traffic=2`, `region=eu-west-1` or `prices=1.2`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count == 2 ? parts[1] : nil
        switch (parts[0], value) {
        case ("lost-zone", nil): self = .lostZone(nil)
        case ("lost-zone", let zone?) where !zone.isEmpty: self = .lostZone(zone)
        case ("no-spot", nil): self = .noSpot
        case ("blocks-ended", nil): self = .blocksEnded
        case ("traffic", let factor?):
            guard let factor = Self.factor(factor) else { return nil }
            self = .traffic(factor)
        case ("region", let region?) where region.split(separator: "-").count >= 3: self = .region(region)
        case ("prices", let factor?):
            guard let factor = Self.factor(factor) else { return nil }
            self = .prices(factor)
        default: return nil
        }
    }

    /// The accepted forms, for help texts.
    package static let kinds = [
        "lost-zone[=ZONE]", "no-spot", "blocks-ended", "traffic=FACTOR", "region=REGION", "prices=FACTOR",
    ]

    /// The change in words, as a column is headed.
    package var words: String {
        switch self {
        case .lostZone(let zone): zone.map { "without \($0)" } ?? "a zone lost"
        case .noSpot: "no spot"
        case .blocksEnded: "capacity blocks ended"
        case .traffic(let factor): "traffic × \(plainly(factor))"
        case .region(let region): "in \(region)"
        case .prices(let factor): "prices × \(plainly(factor))"
        }
    }

    private static func factor(_ text: String) -> Double? {
        guard let factor = Double(text.hasPrefix("x") ? String(text.dropFirst()) : text), factor > 0, factor <= 1000
        else {
            return nil
        }
        return factor
    }
}

extension ClusterSpec {
    /// The spec under changed circumstances; changes that do not apply to it are reported.
    package func under(_ changes: [WhatIf], _ report: inout Report) -> ClusterSpec {
        var spec = self
        for change in changes { spec.apply(change, &report) }
        return spec
    }

    private mutating func apply(_ change: WhatIf, _ report: inout Report) {
        switch change {
        case .lostZone(let zone): lose(zone, &report)
        case .noSpot:
            let never = Traced(SpotPolicy.never, .convention("what-if: no spot"))
            instances.spot = never
            for index in models.indices { models[index].instances.spot = never }
        case .blocksEnded: endBlocks(&report)
        case .traffic(let factor):
            for index in models.indices {
                guard let traffic = models[index].traffic else { continue }
                models[index].traffic?.steady = times(factor, "steady traffic", traffic.steady, "requests/s")
                models[index].traffic?.peak = times(factor, "peak traffic", traffic.peak, "requests/s")
            }
        case .region(let region):
            platform.region = Traced(region, .convention("what-if: another region"))
            platform.zones = []
        case .prices(let factor):
            let prices = PriceList(self)
            platform.prices = prices.offers.map { offer in
                (
                    type: Traced(offer.type.name, .catalog(offer.type.reference)),
                    perHour: times(
                        factor, "price of \(offer.type.name)", prices.onDemand(offer.type) ?? offer.price, "$/h")
                )
            }
            for index in reservations.indices {
                let name = "price of \(reservations[index].id.value)"
                reservations[index].pricePerHour = times(factor, name, reservations[index].pricePerHour, "$/h")
            }
        }
    }

    private mutating func endBlocks(_ report: inout Report) {
        guard reservations.contains(where: { $0.ends != nil }) else {
            report.error(
                "no-capacity-block", "`\(name.value)` has no capacity block",
                at: reservations.first?.range ?? platform.range,
                help: ["set `ends` of a reservation that is a capacity block"])
            return
        }
        reservations.removeAll { $0.ends != nil }
    }

    private mutating func lose(_ zone: String?, _ report: inout Report) {
        guard platform.zones.count > 1 else {
            report.error(
                "no-second-zone",
                "`\(name.value)` lists \(platform.zones.isEmpty ? "no zones" : "one zone"), so it cannot lose one",
                at: platform.zones.first?.range ?? platform.range,
                help: ["set `platform: {zones: […]}` to at least two zones"])
            return
        }
        let lost = zone ?? platform.zones[0].value
        guard platform.zones.contains(where: { $0.value == lost }) else {
            report.error(
                "unknown-zone", "`\(name.value)` has no zone `\(lost)`", at: platform.zones.first?.range,
                label: "it has \(enumerated(platform.zones.map(\.value)))")
            return
        }
        platform.zones.removeAll { $0.value == lost }
    }
}

/// A figure times the factor of a what-if.
private func times(_ factor: Double, _ name: String, _ value: Traced<Double>, _ unit: Unit) -> Traced<Double> {
    let asked = Traced(factor, .convention("given on the command line")).named("factor", .one)
    return Traced((value.named("\(name) today", unit) * asked).rounded(4))
}
