import Groundwork

extension Rule {
    static let unreachableMinValues = Rule(
        "unreachable-min-values", .scheduling,
        why: "Karpenter starts no node unless as many values as `minValues` are possible",
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g6.xlarge], minValues: 2}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g6.xlarge], minValues: ↓3}
            """
        ]
    ) { tree, findings in
        for pool in tree.pools {
            for demand in pool.written where demand["operator"]?.text == "In" {
                guard let least = demand["minValues"], let count = least.integer, let values = demand["values"]?.items,
                    count > values.count
                else { continue }
                findings.add(
                    "\(pool.object.words) demands \(count) values of `\(demand["key"]?.text ?? "")`, and names \(values.count)",
                    at: least.place,
                    label: "never met")
            }
        }
    }
}
