extension Rule {
    static let unknownField = Rule(
        "unknown-field", .structure,
        why:
            "the API server drops a field that its schema does not have, or rejects the object, so the field "
            + "has no effect",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 60
                  containers: [{name: a, image: a}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, creationTimestamp: null, labels: {terminationGracePeriod: short}}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {creationTimestamp: null, labels: {app: a}}
                spec:
                  serviceAccount: a
                  nodeSelector: {example.com/pool: gpu}
                  initContainers: [{name: proxy, image: a, restartPolicy: Always}]
                  containers: [{name: a, image: a, resources: {limits: {example.com/fpga: 1}}}]
            status: {}
            """,
            """
            apiVersion: autoscaling/v2beta1
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}]
            ---
            apiVersion: leaderworkerset.x-k8s.io/v1
            kind: LeaderWorkerSet
            metadata: {name: a}
            spec: {leaderWorkerTemplate: {size: 2, terminationGracePeriod: 60}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: a, image: a}, {name: proxy, image: b}]}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches: [{path: without-proxy.yaml}]
            --- # without-proxy.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: proxy, $patch: delete}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  ↓terminationGracePeriod: 60
                  containers: [{name: a, image: a}]
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              metrics: [{type: Resource, resource: {name: cpu, ↓targetAverageUtilization: 70}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: a}
            spec:
              rules:
              - http: {paths: [{path: /v1, pathType: Prefix, backend: {↓serviceName: a, ↓servicePort: 8000}}]}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {↓deploymentName: a, name: a}
              ↓minReplicas: 1
              maxReplicaCount: 4
              triggers: [{type: cpu, metricType: Utilization, metadata: {value: "70"}}]
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .unknown {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
