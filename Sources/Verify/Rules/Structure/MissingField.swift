import Groundwork

extension Rule {
    static let missingField = Rule(
        "missing-field", .structure,
        why: "the API server rejects an object without a required field",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: kubernetes.io/arch, operator: In, values: [amd64]}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: a, image: a}]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: b}
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: b, image: b}]}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: c}
            spec:
              selector: {matchLabels: {app: c}}
              template:
                metadata: {labels: {app: c}}
                spec: {containers: [{name: c, image: c}]}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {kind: Deployment, name: a}
              maxReplicas: 4
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: a}
            spec: {defaultBackend: {service: {name: a, port: {number: 8000}}}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: kubernetes.io/arch, operator: In, values: [amd64]}]
            --- # kustomization.yaml
            resources: [example.yaml]
            patches: [{path: weight.yaml}]
            --- # weight.yaml
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {weight: 10}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              ↓weight: 10
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓selector: null
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{↓image: a}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec: {↓restartPolicy: Never}
            """,
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: a}
            spec:
              rules:
              - http: {paths: [{↓path: /v1, backend: {service: {name: a, port: {number: 8000}}}}]}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              ↓scaleTargetRef: {kind: Deployment, name: a}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .missing {
            // A template, such as that of the pods of a Spark driver, is completed before it is applied.
            if !tree.scope.isClosed, lastComponent(of: mistake.place.file.path).contains("template") { continue }
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
