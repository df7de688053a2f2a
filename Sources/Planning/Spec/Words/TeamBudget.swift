/// The limit of a team's cost.
package enum TeamBudget: Sendable, Hashable {
    /// A share of the cluster's budget, a ratio.
    case share(Double)
    /// Dollars per month.
    case amount(Double)
}
