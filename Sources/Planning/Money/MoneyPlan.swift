import Diagnostics
import Groundwork

/// What the cluster costs, dollars per month.
package struct MoneyPlan: Sendable {
    /// With the minimum replicas around the clock.
    package let steadyPerMonth: Traced<Double>
    /// With business-hours replicas around the clock.
    package let busyPerMonth: Traced<Double>
    /// With the maximum replicas around the clock, up to the limits of the pools.
    package let peakPerMonth: Traced<Double>
    /// With the traffic over a week.
    package let expectedPerMonth: Traced<Double>
    package let worstPerMonth: Traced<Double>
    package let budget: Traced<Double>?
    package let pools: [PoolCost]
    /// The cost of a million tokens of each model.
    package let tokens: [TokenCost]
    package let slowestColdStart: Traced<Int>
}

/// Adds up the costs of the pools.
func planMoney(
    _ spec: ClusterSpec, _ models: [Placement], _ pools: [PoolPlan], _ prices: PriceList
) -> MoneyPlan {
    let week = Week(spec.businessHours)
    let running = RunningNodes(pools, models)
    let idle = unusedReservations(spec, pools).map(costOfIdle)
    let costs = pools.map { pool in cost(of: pool, running, week, prices) } + idle
    func sum(_ name: String, _ part: (PoolCost) -> Traced<Double>) -> Traced<Double> {
        Traced(Reasoned.sum(costs.map { part($0).named("\(name) of \($0.pool)", "$/month") }).rounded(2))
    }
    return MoneyPlan(
        steadyPerMonth: sum("cost at steady load", \.steadyPerMonth),
        busyPerMonth: sum("cost at business-hours load", \.busyPerMonth),
        peakPerMonth: sum("cost at peak load", \.peakPerMonth),
        expectedPerMonth: sum("expected cost", \.expectedPerMonth),
        worstPerMonth: sum("worst-case cost", \.worstPerMonth), budget: spec.budget?.limit, pools: costs,
        tokens: tokenCosts(pools, running, prices),
        slowestColdStart: Traced<Int>(slowestColdStart(of: models)))
}
