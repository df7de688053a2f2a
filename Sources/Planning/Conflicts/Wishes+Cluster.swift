import Diagnostics
import Groundwork

/// What the whole cluster wants: a region, reservations, a budget.
func clusterWishes(_ spec: ClusterSpec) -> [Wish] {
    var wishes = spec.reservations.map { reservation in
        Wish(
            "`\(reservation.id.value)` reserves \(reservation.count.value) × `\(reservation.type.value)`, used or not",
            at: reservation.id.range ?? reservation.range, .costs
        ) { spec in
            spec.reservations.removeAll { $0.id.value == reservation.id.value }
        }
    }
    if let budget = spec.budget, let range = budget.limit.range {
        wishes.append(
            Wish("the budget is \(dollars(budget.limit.value)) a month", at: range, .costs) {
                $0.budget = nil
            } weaken: { spec in
                var (unbounded, report) = (spec, Report())
                unbounded.budget = nil
                let decision = attempt(unbounded, PriceList(spec), &report).decision
                guard let worst = decision?.money.worstPerMonth.value else { return [] }
                let limit = "$\(Int(worst.roundedUp))/month"
                return [SpecEdit(TextEdit(range, limit), as: "budget: {limit: \(limit)}")]
            })
    }
    return wishes
}

/// The wish to be where the cluster is: elsewhere there are other instances.
func regionWish(_ spec: ClusterSpec) -> Wish? {
    spec.platform.region.range.map { range in
        Wish("the cluster is in `\(spec.platform.region.value)`", at: range, .everything) {
            $0.platform.region = $0.platform.region.trying(PriceList.home)
        }
    }
}
