import Groundwork

extension Rule {
    static let nodepoolTooFewSpotTypes = Rule(
        "nodepool-too-few-spot-types", .disruption, .warning,
        why:
            "spot capacity of a few instance types runs out at the same time, and Karpenter replaces a spot "
            + "node with a cheaper one only among \(Thresholds.replacingSpotTypes.text) instance types or more",
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g6.xlarge, g6e.xlarge, g5.2xlarge, g6.2xlarge]}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [on-demand]}
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.12xlarge, g5.24xlarge]}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                  - {key: node.kubernetes.io/instance-type, operator: NotIn, values: [g5.12xlarge, g5.24xlarge]}
            """,
            """
            # A static pool is not consolidated.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                  - {key: node.kubernetes.io/instance-type, operator: In, ↓values: [g5.12xlarge, g5.24xlarge]}
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
                  - key: node.kubernetes.io/instance-type
                    operator: In
                    ↓values: [g6.xlarge, g6.2xlarge, g6.4xlarge, g6.8xlarge]
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
                  - {key: karpenter.sh/capacity-type, operator: In, values: [reserved, spot]}
                  - {key: node.kubernetes.io/instance-type, operator: In, ↓values: [p5.48xlarge]}
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, ↓values: [p5]}
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["4"]}
                  - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.mayBeSpot && !pool.isStatic {
            let listed = pool.values(of: "node.kubernetes.io/instance-type")?.count
            let resolved = pool.hasGPUs == true ? pool.gpuTypes.known?.count : nil
            guard let demand = pool.typeRequirement,
                let count = [listed, resolved].compactMap({ $0 }).min(),
                Double(count) < Thresholds.fewestSpotTypes.value
            else { continue }
            findings.add(
                "\(pool.object.words) allows spot nodes of only \(count) instance "
                    + "type\(count == 1 ? "" : "s")",
                at: demand.keyPlace("values"), label: "should be at least \(Thresholds.fewestSpotTypes.text)",
                help: "add instance types with the same GPU, from several families and sizes")
        }
    }
}
