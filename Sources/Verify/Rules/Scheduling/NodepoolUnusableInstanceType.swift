import Groundwork

extension Rule {
    static let nodepoolUnusableInstanceType = Rule(
        "nodepool-unusable-instance-type", .scheduling, .warning,
        why:
            "a NodePool gets no usable nodes from instance types that EC2 does not offer, or for which the AMI "
            + "has no driver",
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            # Left out, and not asked for.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: NotIn, values: [p3.8xlarge, p2.xlarge]}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g4dn.xlarge, g5.xlarge, g6e.xlarge]}
            """,
            """
            # For pods that request `aws.amazon.com/neuron`.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: node.kubernetes.io/instance-type, operator: In, values: [trn1.2xlarge, inf2.xlarge]}]
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [↓p3.8xlarge, p5.48xlarge]}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [↓g4ad.xlarge, ↓p2.xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 1
              template:
                spec:
                  nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
                  requirements:
                  - key: node.kubernetes.io/instance-type
                    operator: In
                    values:
                    - ↓dl1.24xlarge
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            let demand = pool.written("node.kubernetes.io/instance-type")
            let named = pool.values(of: "node.kubernetes.io/instance-type") ?? []
            // A pool of other accelerators is for pods that request those.
            guard demand?["operator"]?.text == "In", !named.allSatisfy(isOfOtherAccelerators) else { continue }
            for value in demand?["values"]?.items ?? [] {
                guard let text = value.text else { continue }
                let family = String(text.prefix { $0 != "." })
                let type = Catalog.instanceType(named: text)
                guard let reason = type?.rejection ?? type?.reserve ?? Catalog.rejection(ofFamily: family) else {
                    continue
                }
                findings.add(
                    "\(pool.object.words) lists `\(text)`, which a NodePool cannot use: \(reason)", at: value.place,
                    label: "gives no usable node")
            }
        }
    }
}

/// Tells whether an instance type has accelerators of AWS and no GPU.
private func isOfOtherAccelerators(_ type: String) -> Bool {
    ["inf", "trn"].contains { type.hasPrefix($0) }
}
