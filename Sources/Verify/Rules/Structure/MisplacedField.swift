extension Rule {
    static let misplacedField = Rule(
        "misplaced-field", .structure,
        why:
            "the API server drops or rejects a field in the wrong place, and the default applies where the "
            + "field belongs",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {horizontalPodAutoscalerConfig: {behavior: {scaleDown: {stabilizationWindowSeconds: 600}}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              behavior: {scaleDown: {stabilizationWindowSeconds: 600}}
            """,
            """
            apiVersion: resource.k8s.io/v1beta1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: gpu, deviceClassName: gpu.nvidia.com}]}}
            ---
            apiVersion: karpenter.sh/v1beta1
            kind: NodePool
            metadata: {name: a}
            spec: {disruption: {expireAfter: 720h}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              minReadySeconds: 30
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  terminationGracePeriodSeconds: 120
                  securityContext: {runAsNonRoot: true, fsGroup: 2000}
                  containers:
                  - name: a
                    image: a
                    securityContext: {runAsNonRoot: true, capabilities: {drop: [ALL]}}
                    livenessProbe: {httpGet: {path: /health, port: 8000}, terminationGracePeriodSeconds: 30}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              advanced: {↓behavior: {scaleDown: {stabilizationWindowSeconds: 600}}}
              triggers:
              - type: prometheus
                metadata:
                  query: up
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, ↓expireAfter: 720h}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: kubernetes.io/arch, operator: In, values: [amd64]}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: a}
            spec: {devices: {requests: [{name: gpu, ↓deviceClassName: gpu.nvidia.com}]}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              ↓terminationGracePeriodSeconds: 120
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - name: a
                    image: a
                    ↓nodeSelector: {karpenter.sh/nodepool: a}
                    securityContext: {↓fsGroup: 2000}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .misplaced {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
