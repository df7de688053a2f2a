import Groundwork

extension Rule {
    static let nodepoolNeverConsolidated = Rule(
        "nodepool-never-consolidated", .money, .warning,
        why:
            "`consolidateAfter: Never` also keeps empty nodes, so an idle GPU node is paid for until it expires "
            + "or drifts",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 10m}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 1h}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # The nodes of a static pool are there to stay.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              disruption: {consolidateAfter: Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            """,
            """
            # Expiry is another matter: an empty node goes for all that.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 10m}
              template:
                spec:
                  expireAfter: Never
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: ↓Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: ↓Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 16}
              disruption:
                consolidationPolicy: WhenEmptyOrUnderutilized
                consolidateAfter: ↓"Never"
                budgets: [{nodes: "1"}]
              template:
                spec:
                  expireAfter: 336h
                  terminationGracePeriod: 1h
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true && !pool.isStatic {
            guard let after = pool.object.spec?["disruption"]?["consolidateAfter"], after.text == "Never" else {
                continue
            }
            findings.add(
                "\(pool.object.words) never removes empty nodes", at: after.place,
                label: "also disables the removal of empty nodes",
                help: "to remove only empty nodes, set `consolidationPolicy: WhenEmpty` and a duration")
        }
    }
}
