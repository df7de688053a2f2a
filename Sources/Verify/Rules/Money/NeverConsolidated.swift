import Groundwork

extension Rule {
    static let neverConsolidated = Rule(
        "never-consolidated", .money, .warning,
        why:
            "`consolidateAfter: Never` keeps empty nodes, too: an idle GPU node is paid for until it expires or drifts",
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
            """
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
            """
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true && !pool.isStatic {
            guard let after = pool.object.spec?["disruption"]?["consolidateAfter"], after.text == "Never" else {
                continue
            }
            findings.add(
                "\(pool.object.words) keeps its nodes when they are empty", at: after.place,
                label: "switches off removal, too",
                help: "`consolidationPolicy: WhenEmpty` with a duration removes empty nodes alone")
        }
    }
}
