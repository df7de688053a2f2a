/// Every decision about one model.
///
/// A class, because copies of it are many and its parts too.
package final class ModelPlan: Sendable {
    package let placement: Placement
    package let deployments: [Deployment]
    package let ruleGroups: [RuleGroup]
    /// One for each signal on which it scales, in the spec's order.
    package let levels: [AlertLevels]
    package let shares: LoadShares
    package let dashboard: DashboardPlan

    init(
        placement: Placement, deployments: [Deployment], ruleGroups: [RuleGroup], levels: [AlertLevels],
        shares: LoadShares, dashboard: DashboardPlan
    ) {
        self.placement = placement
        self.deployments = deployments
        self.ruleGroups = ruleGroups
        self.levels = levels
        self.shares = shares
        self.dashboard = dashboard
    }

    package var name: String { placement.name }
}
