import Groundwork

extension Rule {
    static let unusableInstanceType = Rule(
        "unusable-instance-type", .scheduling, .warning,
        why: "a NodePool of types that EC2 does not offer, or on which the AMI has no driver, gives no node",
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
            """
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
            """
        ]
    ) { tree, findings in
        for pool in tree.pools {
            let demand = pool.written("node.kubernetes.io/instance-type")
            guard demand?["operator"]?.text == "In" else { continue }
            for value in demand?["values"]?.items ?? [] {
                guard let text = value.text else { continue }
                let family = String(text.prefix { $0 != "." })
                let type = Catalog.instanceType(named: text)
                guard let reason = type?.refusal ?? type?.reserve ?? Catalog.refusal(ofFamily: family) else { continue }
                findings.add(
                    "\(pool.object.words) names `\(text)`, which a NodePool cannot use: \(reason)", at: value.place,
                    label: "gives no usable node")
            }
        }
    }
}
