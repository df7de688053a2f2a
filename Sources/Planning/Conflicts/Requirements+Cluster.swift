import Diagnostics
import Groundwork

/// The requirements of the whole cluster: reservations and a budget.
func clusterRequirements(_ spec: ClusterSpec) -> [Requirement] {
    var requirements = spec.reservations.map { reservation in
        Requirement(
            "`\(reservation.id.value)` reserves \(reservation.count.value) × `\(reservation.type.value)`, billed whether used or not",
            at: reservation.id.range ?? reservation.range, .costs
        ) { spec in
            spec.reservations.removeAll { $0.id.value == reservation.id.value }
        }
    }
    if let budget = spec.budget, let range = budget.limit.range {
        requirements.append(
            Requirement("the budget is \(dollars(budget.limit.value)) per month", at: range, .costs) {
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
    return requirements
}

/// The region of the cluster: other regions have other instance types.
func regionRequirement(_ spec: ClusterSpec) -> Requirement? {
    spec.platform.region.range.map { range in
        Requirement("the cluster is in `\(spec.platform.region.value)`", at: range, .everything) {
            $0.platform.region = $0.platform.region.trying(PriceList.home)
        }
    }
}
