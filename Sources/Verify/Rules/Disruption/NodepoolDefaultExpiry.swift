import Groundwork

extension Rule {
    static let nodepoolDefaultExpiry = Rule(
        "nodepool-default-expiry", .disruption, .warning,
        why:
            "without `expireAfter`, Karpenter forcibly expires a node after \(Thresholds.defaultExpiry.text) hours, "
            + "regardless of disruption budgets and before a replacement is ready",
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
                "\(pool.object.words) sets no `expireAfter`, so its nodes expire after "
                    + "\(Thresholds.defaultExpiry.text) hours, regardless of its disruption budgets",
                at: spec["disruption"] != nil ? spec.keyPlace("disruption") : pool.object.place,
                label: "disruption budgets do not delay expiry",
                help: "set `expireAfter: Never`, so that only drift replaces nodes, which respects disruption budgets")
        }
    }
}
