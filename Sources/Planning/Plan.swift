import Diagnostics
import Groundwork

/// Every decision about a cluster, as plain values that know their reasons.
package struct Plan: Sendable {
    package let spec: ClusterSpec
    package let prices: PriceList
    package let models: [ModelPlan]
    package let pools: [PoolPlan]
    package let nodeClasses: [NodeClassPlan]
    package let deviceClasses: [DeviceClassPlan]
    package let claims: [ClaimPlan]
    package let headrooms: [HeadroomPlan]
    package let money: MoneyPlan
    /// The costs by team; empty without teams.
    package let owners: [OwnerCost]
    package let platformRules: [RuleGroup]
    package let fleet: FleetPlan
    package let prerequisites: [ReasonedText]
    package let assumptions: [ReasonedText]
    /// The cost checklist, computed on demand: it plans the spec again.
    package let savings: Deferred<[Saving]>
    /// The changes that save most, computed on demand: each is planned.
    package let bestChanges: Deferred<[BestChange]>

    /// The pools whose nodes belong to the cluster of the spec, and not to others.
    package var ownPools: [PoolPlan] { pools.filter { $0.existing == nil } }
    /// The pools whose nodes Karpenter launches.
    package var nodePools: [PoolPlan] { pools.filter { $0.group == nil } }
}

/// Makes the plan of a cluster.
///
/// Reports everything that does not fit: a model that fits no instance, a latency that none meets, a budget below the worst case.
package func plan(_ spec: ClusterSpec, _ report: inout Report) -> Plan? {
    let prices = PriceList(spec)
    checkInstanceNames(spec, &report)
    checkNodes(spec, &report)
    let attempt = attempt(spec, prices, &report)
    for obstacle in attempt.obstacles { explain(obstacle, attempt, spec, prices, &report) }
    guard let decision = attempt.decision else { return nil }
    let (placements, pools, money) = (decision.placements, decision.pools, decision.money)
    reportUnusedReservations(spec, pools, &report)
    checkCommitments(spec, pools, prices, &report)
    for group in primaryGroups(placements) {
        checkSharedClaim(group.models, spec.platform, &report)
        checkClaimNamespace(group.models, &report)
    }
    checkNodeGroups(placements, pools, &report)
    for placement in placements {
        checkSharers(placement, spec.platform.nodes, &report)
        checkColdStart(placement, &report)
        checkSurge(placement, spec, &report)
        checkSchedule(placement, spec, &report)
        checkAdoption(placement, &report)
        checkSpotAtZero(placement, &report)
        checkSpotOnly(placement, &report)
        checkKnownDevices(placement, spec.platform, &report)
        checkBottlerocketMIG(placement, spec.platform, &report)
        checkDynamicMIG(placement, spec.platform, &report)
        checkDomain(placement, &report)
        checkUltraServer(placement, pools, &report)
        checkHeadroom(placement, spec, &report)
    }
    var poolsOfModel: [String: [PoolPlan]] = [:]
    for pool in pools { for model in pool.models { poolsOfModel[model, default: []].append(pool) } }
    let models = placements.map { placement in
        let own = poolsOfModel[placement.name] ?? []
        let levels = placement.spec.scaling.on.map { AlertLevels($0.value, of: placement, spec.platform) }
        let deployments = planDeployments(placement, levels, spec, own)
        return ModelPlan(
            placement: placement, deployments: deployments,
            ruleGroups: modelRules(placement, deployments, levels, spec),
            levels: levels, shares: LoadShares(placement),
            dashboard: planDashboard(placement, deployments, levels, spec, prices))
    }
    let owners = ownerCosts(spec, placements, pools, money)
    checkTeamBudgets(owners, spec, &report)
    guard !report.hasErrors else { return nil }
    return Plan(
        spec: spec, prices: prices, models: models, pools: pools, nodeClasses: planNodeClasses(spec, pools),
        deviceClasses: planDeviceClasses(placements), claims: planClaims(placements, spec),
        headrooms: models.compactMap { planHeadroom($0.placement, $0.deployments, spec.platform) }, money: money,
        owners: owners,
        platformRules: platformRules(spec, models, pools, money), fleet: planFleet(spec, placements, pools),
        prerequisites: prerequisites(spec, placements, pools),
        assumptions: assumptions(spec, placements, pools, prices),
        savings: Deferred { checklist(spec, prices, decision) },
        bestChanges: Deferred { Planning.bestChanges(spec, prices, decision) { plan($0, &$1)?.money } })
}

extension Plan {
    /// The objects that the models' pods name, and that exist or are made outside of the tree.
    package var requiredObjects: [RequiredObject] {
        models.flatMap { Planning.requiredObjects($0.placement.spec) } + pools.compactMap(existingNodes)
    }
}
