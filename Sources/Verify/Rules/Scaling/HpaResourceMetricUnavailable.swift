import Groundwork

extension Rule {
    static let hpaResourceMetricUnavailable = Rule(
        "hpa-resource-metric-unavailable", .scaling,
        why:
            "the metrics server measures only the CPU and memory of pods, so an HPA on GPU utilization gets no value",
        accepts: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics: [{type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 70}}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics:
              - type: ContainerResource
                containerResource: {name: cpu, container: a, target: {type: AverageValue, averageValue: 2}}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics:
              - type: Pods
                pods: {metric: {name: DCGM_FI_DEV_GPU_UTIL}, target: {type: AverageValue, averageValue: 70}}
            """,
        ],
        rejects: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics: [{type: Resource, resource: {name: ↓nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}
              maxReplicas: 4
              metrics:
              - type: ContainerResource
                containerResource: {name: ↓gpu, container: a, target: {type: AverageValue, averageValue: 1}}
              - type: Resource
                resource: {name: ↓ephemeral-storage, target: {type: Utilization, averageUtilization: 70}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            for metric in scaler.object.spec?["metrics"]?.items ?? [] {
                guard let name = (metric["resource"] ?? metric["containerResource"])?["name"], let text = name.text,
                    text != "cpu", text != "memory"
                else { continue }
                findings.add(
                    "\(scaler.object.words) scales on the resource metric `\(text)`, which the metrics server does not measure",
                    at: name.place,
                    label: "must be `cpu` or `memory`",
                    help: "scale on load metrics of the model server, through KEDA or a metrics adapter")
            }
        }
    }
}
