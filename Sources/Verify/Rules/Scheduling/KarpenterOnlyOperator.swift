import Groundwork

extension Rule {
    static let karpenterOnlyOperator = Rule(
        "karpenter-only-operator", .scheduling,
        why: "`Gte` and `Lte` are Karpenter's own: in the affinity of a pod the API server refuses them",
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
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for demand in workload.pod.spec.nodeDemands {
                guard let operation = demand["operator"], let text = operation.text, text == "Gte" || text == "Lte"
                else { continue }
                findings.add(
                    "the node affinity of \(workload.object.words) uses `\(text)`, which pods cannot",
                    at: operation.place,
                    label: "NodePools only", help: text == "Gte" ? "use `Gt` with one less" : "use `Lt` with one more")
            }
        }
    }
}
