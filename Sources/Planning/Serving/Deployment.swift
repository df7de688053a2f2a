import Groundwork

/// A Deployment of a model: all of it, or its fixed base, or its surge.
package struct Deployment: Sendable {
    package let name: Traced<String>
    package let role: DeploymentRole?
    package let model: Placement
    /// Fixed replicas; nil if an autoscaler sets them.
    package let replicas: Traced<Int>?
    package let pools: [PoolUse]
    /// Whether its pods must be spread evenly over their nodes.
    package let standsEvenly: Bool
    package let serving: ServingPlan
    /// Nil if its replicas are fixed.
    package let scaler: ScalerPlan?
}

/// A pool that a Deployment may use, and how much it prefers it.
package struct PoolUse: Sendable {
    package let name: Traced<String>
    package let preference: Traced<Int>
}

/// Plans the Deployments of a model on its pools: one, or base and surge if spot is used.
package func planDeployments(
    _ model: Placement, _ levels: [AlertLevels], _ spec: ClusterSpec, _ pools: [PoolPlan]
) -> [Deployment] {
    let roles: [DeploymentRole?] = model.isSplit ? [.base, .surge] : [nil]
    return roles.map { role in
        let own = pools.filter { role == nil || (role == .base) == ($0.role == .primary) }
        let uses = own.map { pool in
            PoolUse(
                name: pool.name,
                preference: pool.scheduling.weight ?? .whole(Thresholds.primaryWeight))
        }
        let generated = model.spec.name.map { role == nil ? $0 : "\($0)-\(role?.rawValue ?? "")" }
        let name = model.workload?.name ?? generated
        return Deployment(
            name: name, role: role, model: model,
            replicas: role == .base ? model.minReplicas : model.isAutoscaled ? nil : model.maxReplicas, pools: uses,
            standsEvenly: own.contains(where: \.size.standsEvenly),
            serving: planServing(model, spec, onSpot: own.contains(where: \.isSpot)),
            scaler: planScaler(model, name, role, levels, spec))
    }
}
