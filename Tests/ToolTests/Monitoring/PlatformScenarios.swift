import Groundwork
import Planning

/// What makes each alert of the platform fire, and what comes near without doing so.
func scenarios(of rule: PrometheusRule, in plan: Plan) -> [Scenario] {
    let traffic = Traffic(namespace: plan.spec.platform.namespace.value)
    switch rule.alert {
    case "ScalerErrors": return scalerErrorScenarios(rule, plan)
    case "StateMetricsAbsent":
        let replicas = "kube_deployment_status_replicas"
        return [
            .fires(
                rule, when: "only another namespace is counted",
                [Traffic(namespace: "staging").state(replicas, ["deployment": "x"], 1)],
                labels: ["namespace": traffic.namespace]),
            .silent(
                rule, when: "a Deployment without replicas is counted",
                [traffic.state(replicas, ["deployment": "x"], 0)]),
        ]
    case "CapacityBlockEnds":
        // The variant's block ends 72 hours and two minutes after the clock of a test begins.
        return [
            .fires(rule, when: "it ends within the notice", [], window: 120),
            .silent(rule, when: "it ends later", []),
        ]
    case "SpendAboveBudget": return spendingScenarios(rule, plan)
    case "NodePoolNearLimit", "OverflowStuck", "ModelPodsPending": return poolScenarios(rule, plan, traffic)
    default: return gpuScenarios(rule, traffic)
    }
}

/// Errors of our ScaledObjects, none, and a neighbor's.
private func scalerErrorScenarios(_ rule: PrometheusRule, _ plan: Plan) -> [Scenario] {
    let ours = plan.models.compactMap(\.scaler).filter { $0.autoscaler == .keda }.map(\.name.value)
    func errors(_ name: String, _ step: Double) -> Series {
        // KEDA's own label `namespace` gives way to that of its pod.
        Series(
            "keda_scaler_detail_errors_total",
            [
                "scaledObject": name, "scaler": "prometheusScaler", "triggerIndex": "0", "metric": "s0-prometheus",
                "type": "scaledobject", "namespace": "keda", "exported_namespace": "inference",
            ], .growing(by: step))
    }
    return [
        .fires(
            rule, when: "every query fails", ours.prefix(1).map { errors($0, 1) },
            labels: ["scaledObject": ours.first ?? ""]),
        .silent(rule, when: "no query fails", ours.map { errors($0, 0) }),
        .silent(rule, when: "a neighbor's fails", ours.map { errors($0, 0) } + ours.map { errors("\($0)-canary", 1) }),
    ]
}

/// All nodes of the plan at once, and more than the plan has.
private func spendingScenarios(_ rule: PrometheusRule, _ plan: Plan) -> [Scenario] {
    func nodes(_ factor: Double, except: Set<String> = []) -> [Series] {
        plan.pools.filter { !except.contains($0.name.value) }.flatMap { pool in
            [
                poolSeries("usage", pool, "nvidia.com/gpu", Double(pool.size.gpus.value) * factor),
                poolSeries("usage", pool, "nodes", Double((pool.size.staticNodes ?? pool.size.nodes).value) * factor),
            ]
        }
    }
    let worst = plan.pools.reduce(0) { $0 + $1.size.worstPerHour.value }
    let allowed = (plan.money.budget?.value ?? 0) / 744
    return [
        .fires(rule, when: "nodes run that the plan does not have", nodes(allowed / worst * 1.01)),
        .silent(rule, when: "every pool is at its limit", nodes(1)),
        .silent(rule, when: "spending is just within the budget", nodes(allowed / worst * 0.99)),
        .silent(rule, when: "Karpenter has no metrics", []),
    ]
}

/// A series of Karpenter about a pool.
func poolSeries(_ metric: String, _ pool: PoolPlan, _ resource: String, _ value: Double) -> Series {
    Series(
        "karpenter_nodepools_\(metric)",
        ["nodepool": pool.name.value, "resource_type": resource, "job": "karpenter", "namespace": "kube-system"],
        .constant(value))
}
