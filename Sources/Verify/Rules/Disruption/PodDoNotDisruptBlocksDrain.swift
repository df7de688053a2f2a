import Groundwork

extension Rule {
    static let podDoNotDisruptBlocksDrain = Rule(
        "pod-do-not-disrupt-blocks-drain", .disruption, .warning,
        why:
            "a pod with `karpenter.sh/do-not-disrupt` keeps its expired node running forever, unless the node "
            + "has a `terminationGracePeriod`",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: 336h
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
                metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """,
            """
            # The protection ends by itself.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: 336h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: 30m}}
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """,
            """
            # Karpenter does not read the annotation of a Deployment.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: 336h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, annotations: {karpenter.sh/do-not-disrupt: "true"}}
            spec:
              template:
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: Never
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  expireAfter: 24h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                spec:
                  nodeSelector: {karpenter.sh/nodepool: a}
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: 336h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            # Pods that end let the drain go on.
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: "true"}}
                spec: {nodeSelector: {karpenter.sh/nodepool: a}, restartPolicy: Never, containers: [{name: a}]}
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
                  expireAfter: 336h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: ↓"true"}}
                spec: {containers: [{name: a, resources: {limits: {nvidia.com/gpu: 1}}}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: batch}
            spec:
              template:
                spec:
                  expireAfter: 24h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a, annotations: {karpenter.sh/do-not-disrupt: ↓"true"}}
            spec:
              nodeSelector: {karpenter.sh/nodepool: batch}
              containers: [{name: a}]
            """,
            """
            # Without `expireAfter` nodes expire after 720 hours.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {annotations: {karpenter.sh/do-not-disrupt: ↓"true"}}
                spec: {nodeSelector: {karpenter.sh/nodepool: a}, containers: [{name: a}]}
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads {
            let template = workload.object.kind == .pod ? workload.object.root : workload.object.spec?["template"]
            guard let mark = template?["metadata"]?["annotations"]?["karpenter.sh/do-not-disrupt"], mark.text == "true"
            else { continue }
            // Pods that end by themselves let the drain go on.
            guard !workload.endsByItself else { continue }
            for pool in reach.tolerated.map({ tree.nodes[$0] }) where pool.group == nil && !pool.isStatic {
                let spec = pool.object.spec?["template"]?["spec"]
                let expiry = spec?["expireAfter"]
                guard let spec, spec["terminationGracePeriod"] == nil, expiry == nil || expiry?.seconds != nil
                else { continue }
                findings.add(
                    "the pods of \(workload.object.words) must not be disrupted, and the nodes of \(pool.words) "
                        + "expire without a `terminationGracePeriod`",
                    at: mark.place, label: "blocks the drain of the node forever",
                    notes: [
                        expiry.map { .init("the expiry is set here", at: $0.place) }
                            ?? pool.object.note("without `expireAfter`, its nodes expire after 720 h")
                    ],
                    help: "set a `terminationGracePeriod` or `expireAfter: Never` in the NodePool")
                break
            }
        }
    }
}
