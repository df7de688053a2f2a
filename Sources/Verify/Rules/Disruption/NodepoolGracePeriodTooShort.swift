import Groundwork

extension Rule {
    static let nodepoolGracePeriodTooShort = Rule(
        "nodepool-grace-period-too-short", .disruption, .warning,
        why:
            "if the termination grace period of a node is shorter than that of its pods, the pods are deleted "
            + "before they have stopped",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 600
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 10m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 600
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # Nodes without a limit wait for their pods.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 600
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: batch}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: serving}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1h30m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 5400
                  nodeSelector: {karpenter.sh/nodepool: serving}
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # These pods do not come to the nodes that go sooner.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: batch}
            spec:
              template:
                spec:
                  terminationGracePeriod: 5m
                  taints: [{key: batch, effect: NoSchedule}]
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 24h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 600
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 5m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓600
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: batch}
            spec:
              template:
                spec:
                  terminationGracePeriod: 30s
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              nodeSelector: {karpenter.sh/nodepool: batch}
              terminationGracePeriodSeconds: ↓45
              containers: [{name: a}]
            """,
            """
            # One of the NodePools that they may come to is enough.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: long}
            spec:
              template:
                spec:
                  terminationGracePeriod: 2h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1h30m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓7200
                  restartPolicy: Never
                  containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads {
            guard let grace = workload.pod.spec["terminationGracePeriodSeconds"], let seconds = grace.number else {
                continue
            }
            for pool in reach.tolerated.map({ tree.nodes[$0] }) {
                guard let limit = pool.object.spec?["template"]?["spec"]?["terminationGracePeriod"],
                    let most = limit.seconds, most < seconds
                else { continue }
                findings.add(
                    "the pods of \(workload.object.words) may take \(wholeNumber(seconds)) s to stop, but nodes "
                        + "of \(pool.words) terminate after \(limit.text ?? "")",
                    at: grace.place, label: "exceeds the limit of the node",
                    notes: [.init("the node's limit is here", at: limit.place)])
                break
            }
        }
    }
}
