import Groundwork

extension Rule {
    static let hpaUtilizationWithoutRequest = Rule(
        "hpa-utilization-without-request", .scaling, .error,
        why:
            "utilization is a percentage of what the pods request: if a container has no request, the HPA cannot compute it and never scales",
        accepts: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              metrics:
              - type: Resource
                resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {limits: {cpu: "4"}}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              metrics:
              - type: ContainerResource
                containerResource: {name: cpu, container: a, target: {type: Utilization, averageUtilization: 70}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: "4"}}}, {name: proxy}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              metrics:
              - type: Resource
                resource: {name: cpu, target: {type: AverageValue, averageValue: "2"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {memory: 8Gi}}}]
            """,
            """
            # An init container ends before the pod is scaled by.
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  initContainers: [{name: fetch, image: "example.com/fetch:1"}]
                  containers: [{name: a, image: "example.com/a:1", resources: {requests: {cpu: 1}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              metrics:
              - type: Resource
                resource: {name: ↓cpu, target: {type: Utilization, averageUtilization: 70}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {memory: 8Gi}}}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: a}
              metrics:
              - type: Resource
                resource: {name: ↓memory, target: {type: Utilization, averageUtilization: 70}}
              - type: ContainerResource
                containerResource: {name: ↓cpu, container: proxy, target: {type: Utilization, averageUtilization: 70}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {cpu: "4", memory: 8Gi}}}, {name: proxy}]
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers {
            guard let workload = tree.workload(scaler.target), tree.areTogether(workload.object, scaler.object) else {
                continue
            }
            // Containers that end before the others start are not counted.
            let early = Set(
                workload.pod.spec.items(of: "initContainers").filter { $0["restartPolicy"]?.text != "Always" }
                    .map { $0["name"]?.text ?? "" })
            for metric in scaler.object.spec?["metrics"]?.items ?? [] {
                guard let source = metric["resource"] ?? metric["containerResource"], let name = source["name"],
                    let resource = name.text, source["target"]?["type"]?.text == "Utilization",
                    let silent = workload.pod.containers.first(where: { container in
                        (source["container"]?.text ?? container.name) == container.name
                            && !early.contains(container.name)
                            && container.value["resources"]?["requests"]?[resource] == nil
                            && container.value["resources"]?["limits"]?[resource] == nil
                    })
                else { continue }
                findings.add(
                    "\(scaler.object.words) scales on the utilization of `\(resource)`, but container `\(silent.name)` does not request it",
                    at: name.place, label: "cannot be computed",
                    notes: [.init("the container is here", at: silent.value.place)],
                    help: "request `\(resource)`, or scale on load metrics of the model server")
            }
        }
    }
}
