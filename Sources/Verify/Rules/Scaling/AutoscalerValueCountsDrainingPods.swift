import Diagnostics
import Groundwork

extension Rule {
    static let autoscalerValueCountsDrainingPods = Rule(
        "autoscaler-value-counts-draining-pods", .scaling, .warning,
        why:
            "with `Value`, the HPA multiplies the ratio of an external metric by the pods that are ready, and a pod that finishes its requests stays "
            + "ready until it ends: a scale-up during a long drain starts too many pods",
        accepts: [
            """
            # `AverageValue` divides by the replicas that the autoscaler wants.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metadata: {query: sum(vllm:num_requests_running), threshold: "8"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 600, containers: []}}}
            """,
            """
            # The pods end soon.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: Value, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 60, containers: []}}}
            """,
            """
            # Pods metrics leave out pods that are being deleted.
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics:
              - {type: Pods, pods: {metric: {name: requests_running}, target: {type: AverageValue, averageValue: 8}}}
              - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: 8}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 900, containers: []}}}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, metricType: ↓Value, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 300, containers: []}}}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}
              maxReplicas: 4
              metrics:
              - {type: External, external: {metric: {name: latency}, target: {type: ↓Value, value: 1}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 900, containers: []}}}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, name: x, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: "0.7"}}
              - {type: prometheus, name: y, metadata: {query: max(vllm:num_requests_waiting), threshold: "4"}}
              advanced: {scalingModifiers: {formula: "max(x, y)", target: "1", metricType: ↓Value}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {terminationGracePeriodSeconds: 600, containers: []}}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            guard let workload = tree.workload(scaler.target),
                let grace = workload.pod.spec["terminationGracePeriodSeconds"], let seconds = grace.number,
                seconds > Thresholds.longDrain.value
            else { continue }
            for type in scaler.object.externalMetricTypes where type.text == "Value" {
                findings.add(
                    "\(scaler.object.words) scales by `Value`, which counts the pods of \(workload.object.words) that drain for up to "
                        + "\(wholeNumber(seconds)) s",
                    at: type.place, label: "multiplies by ready pods",
                    notes: [.init("the pods drain this long", at: grace.place)],
                    help: "use `AverageValue` with a total over the replicas")
            }
        }
    }
}

extension KubernetesObject {
    /// The target types of an autoscaler's external metrics, as written.
    fileprivate var externalMetricTypes: [ManifestValue] {
        if kind == .scaledObject {
            if let modifiers = spec?["advanced"]?["scalingModifiers"], modifiers["formula"] != nil {
                return [modifiers["metricType"]].compactMap { $0 }
            }
            return (spec?["triggers"]?.items ?? []).filter { $0["type"]?.text == "prometheus" }
                .compactMap { $0["metricType"] }
        }
        return (spec?["metrics"]?.items ?? []).compactMap { $0["external"]?["target"]?["type"] }
    }
}
