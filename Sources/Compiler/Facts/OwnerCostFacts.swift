import Groundwork
import Planning

let ownerCostFacts = FactTable<OwnerCost>(
    "ownerCost", "the costs of one team",
    [
        .maybe("team", "the team; absent for what belongs to none") { $0.owner },
        .fact("steadyPerMonth", "cost at steady load around the clock, dollars per month") { $0.steadyPerMonth },
        .fact("busyPerMonth", "cost at business-hours load around the clock, dollars per month") { $0.busyPerMonth },
        .fact("expectedPerMonth", "expected cost of an average month, dollars") { $0.expectedPerMonth },
        .fact("peakPerMonth", "cost at peak load around the clock, dollars per month") { $0.peakPerMonth },
        .fact("worstPerMonth", "worst-case cost, dollars per month") { $0.worstPerMonth },
        .maybe("budget", "the limit of the worst case, dollars per month") { $0.budget },
    ])
