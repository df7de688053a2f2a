import Groundwork

extension Rule {
    static let nodepoolMixedCapacityTypes = Rule(
        "nodepool-mixed-capacity-types", .disruption, .warning,
        why:
            "if a NodePool allows both, Karpenter prefers spot and uses on-demand only if no spot capacity is "
            + "available",
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand, spot]}
            """,
            """
            # What is reserved is paid for, and comes first.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand]}
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              weight: 10
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
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
                  - {key: karpenter.sh/capacity-type, operator: NotIn, values: [spot]}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
                  - {key: karpenter.sh/capacity-type, operator: NotIn, values: [spot]}
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
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand, ↓spot]}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved, ↓spot, on-demand]}
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.12xlarge, g6e.24xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  taints: [{key: nvidia.com/gpu, effect: NoSchedule}]
                  nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
                  requirements:
                  - key: karpenter.sh/capacity-type
                    operator: In
                    values:
                    - ↓spot
                    - on-demand
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
                  - {key: karpenter.sh/capacity-type, operator: ↓NotIn, values: [reserved]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.hasGPUs == true {
            guard let types = pool.capacityTypes, types.contains("spot"), types.contains("on-demand"),
                let demand = pool.written("karpenter.sh/capacity-type")
            else { continue }
            let listed = demand["operator"]?.text == "In" ? demand["values"]?.items?.first { $0.text == "spot" } : nil
            let spot = listed ?? demand["operator"] ?? demand
            findings.add(
                "\(pool.object.words) allows on-demand and spot, so Karpenter starts spot nodes", at: spot.place,
                label: "preferred over on-demand",
                help: "to prefer on-demand, use two NodePools and give the on-demand one the higher `weight`")
        }
    }
}
