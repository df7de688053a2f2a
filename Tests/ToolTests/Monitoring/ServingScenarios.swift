import Groundwork
import Planning

/// A pod that is ready, one that is not, one that leaves, and a neighbor's.
func startScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    let deployment = model.deployments.last?.name.value ?? model.name
    let pod = Traffic.pods(deployment, 1)[0]
    func readiness(_ pod: String, ready: Bool) -> [Series] {
        ["true": ready, "false": !ready, "unknown": false].sorted { $0.key < $1.key }.map {
            traffic.state("kube_pod_status_ready", ["pod": pod, "uid": "1", "condition": $0.key], $0.value ? 1 : 0)
        }
    }
    let leaving = traffic.state("kube_pod_deletion_timestamp", ["pod": pod, "uid": "1"], 1.7e9)
    return [
        .fires(rule, when: "a pod is not ready", readiness(pod, ready: false), labels: ["pod": pod]),
        .silent(rule, when: "the pod is ready", readiness(pod, ready: true)),
        .silent(rule, when: "the pod is leaving", readiness(pod, ready: false) + [leaving]),
        .silent(
            rule, when: "a neighbor's pod is not ready",
            readiness(Traffic.pods("\(deployment)-canary", 1)[0], ready: false)
                + readiness("\(deployment)-canary-x2x7q", ready: false)),
    ]
}

/// A full cache with and without preemptions, and preemptions without a full cache.
func cacheScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    func cache(_ share: Double, preemptions: Double, _ name: String, in traffic: Traffic) -> [Series] {
        Traffic.pods(name, 2).flatMap { pod in
            [
                traffic.engine("vllm:kv_cache_usage_perc", name, pod: pod, .constant(share)),
                traffic.engine("vllm:num_preemptions_total", name, pod: pod, .growing(by: preemptions)),
            ]
        }
    }
    let own = { (share: Double, preemptions: Double) in cache(share, preemptions: preemptions, model.name, in: traffic)
    }
    return [
        .fires(rule, when: "the cache is full and sequences are preempted", own(0.951, 1)),
        .silent(rule, when: "the cache is not quite full", own(0.949, 1)),
        .silent(rule, when: "nothing is preempted", own(1, 0)),
        .silent(
            rule, when: "a neighbor's cache is full",
            own(0.5, 0) + cache(1, preemptions: 5, "\(model.name)-canary", in: traffic)
                + cache(1, preemptions: 5, model.name, in: Traffic(namespace: "staging"))),
    ]
}

/// Requests that replicas reject, of the model and of its neighbors.
func rejectionScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    func rejected(_ name: String, _ reason: String, by step: Double, in traffic: Traffic) -> [Series] {
        Traffic.pods(name, 2).map { pod in
            traffic.engine(
                "vllm:admission_rejections_total", name, pod: pod, .growing(by: step), ["reason": reason])
        }
    }
    let reasons = ["max_num_queued_reqs", "max_num_queued_tokens"]
    return reasons.map { reason in
        .fires(
            rule, when: "replicas reject requests by \(reason)", rejected(model.name, reason, by: 1, in: traffic),
            window: 300)
    } + [
        .silent(rule, when: "nothing is rejected", rejected(model.name, reasons[0], by: 0, in: traffic)),
        .silent(
            rule, when: "a neighbor rejects requests",
            rejected("\(model.name)-canary", reasons[0], by: 1, in: traffic)
                + rejected(model.name, reasons[0], by: 1, in: Traffic(namespace: "staging"))),
    ]
}

/// Metrics that are there, and metrics of neighbors only.
func absenceScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    let metric = "vllm:num_requests_running"
    func series(_ name: String, _ traffic: Traffic) -> Series {
        traffic.engine(metric, name, pod: Traffic.pods(name, 1)[0], .constant(0))
    }
    let matched = ["namespace": traffic.namespace, "model_name": model.name]
    let neighbors = [series("\(model.name)-canary", traffic), series(model.name, Traffic(namespace: "staging"))]
    let available = "kube_deployment_status_replicas_available"
    let scaledUp = traffic.replicas(model, 1, of: available)
    return [
        .fires(rule, when: "only neighbors have metrics", neighbors + scaledUp, labels: matched),
        .silent(rule, when: "an idle replica has metrics", [series(model.name, traffic)] + scaledUp),
    ]
        + (model.placement.scalesToZero
            ? [.silent(rule, when: "it is scaled to zero", neighbors + traffic.replicas(model, 0, of: available))] : [])
}

/// As many replicas as have metrics, one more, and neighbors' that make up for it.
func partialScenarios(_ rule: PrometheusRule, _ model: ModelPlan, _ traffic: Traffic) -> [Scenario] {
    func reporting(_ name: String, _ count: Int, _ traffic: Traffic) -> [Series] {
        Traffic.pods(name, count).map { traffic.engine("vllm:num_requests_running", name, pod: $0, .constant(1)) }
    }
    let ready = traffic.replicas(model, 3, of: "kube_deployment_status_replicas_available")
    let neighbors =
        reporting("\(model.name)-canary", 2, traffic) + reporting(model.name, 3, Traffic(namespace: "staging"))
    return [
        .fires(
            rule, when: "one of three has no metrics, and neighbors have",
            ready + reporting(model.name, 2, traffic) + neighbors, value: "3"),
        .silent(rule, when: "all three have metrics", ready + reporting(model.name, 3, traffic)),
        .silent(rule, when: "one more is still starting", ready + reporting(model.name, 4, traffic)),
    ]
}
