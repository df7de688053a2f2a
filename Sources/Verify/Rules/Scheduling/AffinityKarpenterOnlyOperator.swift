import Groundwork

extension Rule {
    static let affinityKarpenterOnlyOperator = Rule(
        "affinity-karpenter-only-operator", .scheduling,
        why:
            "only Karpenter requirements support `Gte` and `Lte`; the API server rejects a pod that uses them "
            + "in its affinity",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt, values: ["1"]}]}]}}}
                  containers: [{name: a}]
            """,
            """
            # In a NodePool they are at home.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gte, values: ["40000"]}
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Lte, values: ["4"]}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  affinity:
                    nodeAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                      - weight: 100
                        preference:
                          matchExpressions:
                          - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gt, values: ["40000"]}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.k8s.aws/instance-gpu-count, operator: Gte, values: ["4"]}]
              capacity: {hugepages-2Mi: 8Gi}
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
                  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: ↓Gte, values: ["1"]}]}]}}}
                  containers: [{name: a}]
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  affinity:
                    nodeAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                      - weight: 100
                        preference:
                          matchExpressions:
                          - {key: karpenter.k8s.aws/instance-gpu-memory, operator: ↓Gte, values: ["81920"]}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a}
            spec:
              schedule: "0 3 * * *"
              jobTemplate:
                spec:
                  template:
                    spec:
                      affinity:
                        nodeAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            nodeSelectorTerms:
                            - matchExpressions:
                              - {key: karpenter.k8s.aws/instance-gpu-count, operator: Exists}
                              - {key: karpenter.k8s.aws/instance-gpu-count, operator: ↓Lte, values: ["4"]}
                      restartPolicy: Never
                      containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for demand in workload.pod.spec.nodeDemands {
                guard let operation = demand["operator"], let text = operation.text, text == "Gte" || text == "Lte"
                else { continue }
                findings.add(
                    "the node affinity of \(workload.object.words) uses `\(text)`, which only Karpenter "
                        + "requirements support",
                    at: operation.place,
                    label: "not an operator of node affinity",
                    help: text == "Gte" ? "use `Gt` with the value minus one" : "use `Lt` with the value plus one")
            }
        }
    }
}
