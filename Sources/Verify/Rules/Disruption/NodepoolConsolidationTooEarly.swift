import Groundwork

extension Rule {
    static let nodepoolConsolidationTooEarly = Rule(
        "nodepool-consolidation-too-early", .disruption, .warning,
        why:
            "a model takes minutes to load; if nodes are consolidated after seconds, pods are moved again and "
            + "again before they serve",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 15m}
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
              disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 30s}
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
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 5m}
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
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: Never}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # No GPU, no model.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: 30s}
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
              disruption: {consolidationPolicy: WhenEmptyOrUnderutilized, consolidateAfter: ↓30s}
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
              disruption: {consolidationPolicy: WhenUnderutilized, consolidateAfter: ↓30s}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Without `disruption` it is 0s.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: ↓a}
            spec:
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
              disruption: {consolidationPolicy: Balanced, consolidateAfter: ↓4m59s}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g6e]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true && !pool.isStatic {
            let disruption = pool.object.spec?["disruption"]
            // Includes outdated and misspelled policies, which are corrected at the same time.
            guard disruption?["consolidationPolicy"]?.text != "WhenEmpty" else { continue }
            let after = disruption?["consolidateAfter"]
            guard let seconds = disruption == nil ? 0 : after?.seconds, seconds < Thresholds.leastStart else {
                continue
            }
            findings.add(
                "\(pool.object.words) consolidates nodes with running models after \(after?.text ?? "0s")",
                at: (after ?? disruption ?? pool.object.root["metadata"]?["name"] ?? pool.object.root).place,
                label: "shorter than a model takes to load",
                help:
                    "set `consolidationPolicy: WhenEmpty` to leave running pods alone, or wait several times as "
                    + "long as a model takes to load"
            )
        }
    }
}
