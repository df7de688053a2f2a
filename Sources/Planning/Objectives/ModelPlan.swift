/// Every decision about one model.
///
/// A class, because it is copied often and its parts are large.
package final class ModelPlan: Sendable {
    package let placement: Placement
    package let deployments: [Deployment]
    package let ruleGroups: [RuleGroup]
    /// One for each signal that it scales on, in the order of the spec.
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
