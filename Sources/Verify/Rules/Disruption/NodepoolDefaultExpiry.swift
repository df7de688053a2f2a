import Groundwork

extension Rule {
    static let nodepoolDefaultExpiry = Rule(
        "nodepool-default-expiry", .disruption, .warning,
        why:
            "without `expireAfter` a node is forced out after \(Thresholds.defaultExpiry.text) hours, past every budget and before its replacement is ready",
        accepts: [
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
            """,
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
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  expireAfter: 720h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              ↓disruption: {consolidateAfter: 15m, budgets: [{nodes: "1"}]}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            spec:
              template:
                spec:
                  terminationGracePeriod: 1h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8}
              ↓disruption: {consolidateAfter: 15m, expireAfter: Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true && !pool.isStatic {
            guard let spec = pool.object.spec, spec["template"] != nil, spec["template"]?["spec"]?["expireAfter"] == nil
            else { continue }
            findings.add(
                "\(pool.object.words) does not say when its nodes expire, so they do after \(Thresholds.defaultExpiry.text) hours, whatever its budgets say",
                at: spec["disruption"] != nil ? spec.keyPlace("disruption") : pool.object.place,
                label: "budgets do not hold expiry back",
                help: "`expireAfter: Never` leaves renewal to drift, which keeps to budgets")
        }
    }
}
