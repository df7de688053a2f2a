import Groundwork
import Planning

/// What makes each alert on pools fire, and what comes near without doing so.
func poolScenarios(_ rule: PrometheusRule, _ plan: Plan, _ traffic: Traffic) -> [Scenario] {
    let name = rule.labels.first { $0.0 == "nodepool" }?.1.value
    let pool = plan.pools.first { $0.name.value == name }
    let users = plan.models.filter { pool?.models.contains($0.name) ?? true }
    let deployment = users.last?.deployments.last?.name.value ?? ""
    let pod = Traffic.pods(deployment, 1)[0]
    func phase(_ pod: String, _ phase: String, in traffic: Traffic? = nil) -> [Series] {
        ["Pending", "Running", "Succeeded", "Failed", "Unknown"].map {
            (traffic ?? .init(namespace: plan.spec.platform.namespace.value)).state(
                "kube_pod_status_phase", ["pod": pod, "uid": "1", "phase": $0], $0 == phase ? 1 : 0)
        }
    }
    let neighbor =
        phase(Traffic.pods("\(deployment)-canary", 1)[0], "Pending")
        + phase(pod, "Pending", in: Traffic(namespace: "staging"))
    if rule.alert == "ModelPodsPending" {
        return [
            .fires(rule, when: "a pod is pending", phase(pod, "Pending"), labels: ["pod": pod]),
            .silent(rule, when: "the pod runs", phase(pod, "Running")),
            .silent(rule, when: "a neighbor's pod is pending", neighbor),
        ]
    }
    guard let pool else { return [] }
    let resource = pool.sharing.layout == .whole ? "nvidia.com/gpu" : "nodes"
    let limit = Double(pool.sharing.layout == .whole ? pool.size.gpus.value : pool.size.nodes.value)
    func used(_ share: Double) -> [Series] {
        [poolSeries("limit", pool, resource, limit), poolSeries("usage", pool, resource, limit * share)]
    }
    if rule.alert == "NodePoolNearLimit" {
        let others = plan.pools.filter { $0.name.value != name }.flatMap {
            [poolSeries("limit", $0, resource, 1), poolSeries("usage", $0, resource, 0)]
        }
        return [
            .fires(rule, when: "a pool is almost full", used(0.91) + others),
            .silent(rule, when: "it is just not", used(0.89) + others),
            .silent(rule, when: "Karpenter has no metrics", []),
        ]
    }
    return [
        .fires(rule, when: "a pod is pending although there is room", used(0.5) + phase(pod, "Pending")),
        .fires(
            rule, when: "a pod is pending and the pool was never used",
            [poolSeries("limit", pool, resource, limit)] + phase(pod, "Pending")),
        .silent(rule, when: "a pod is pending because the pool is full", used(1) + phase(pod, "Pending")),
        .silent(rule, when: "no pod is pending", used(0.5) + phase(pod, "Running")),
        .silent(rule, when: "a neighbor's pod is pending", used(0.5) + neighbor),
    ]
}
