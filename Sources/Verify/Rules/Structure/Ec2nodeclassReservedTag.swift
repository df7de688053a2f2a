import Groundwork

extension Rule {
    static let ec2nodeclassReservedTag = Rule(
        "ec2nodeclass-reserved-tag", .structure,
        why: "these tags are reserved for Karpenter; the API server rejects an EC2NodeClass that sets one",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              tags: {team: a}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              tags: {karpenter.sh/discovery: a, kubernetes.io/team: b, Name: c}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              subnetSelectorTerms: [{tags: {kubernetes.io/cluster/a: shared}}]
              securityGroupSelectorTerms: [{tags: {"aws:eks:cluster-name": a}}]
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              tags: {↓karpenter.sh/nodepool: a}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              tags: {↓kubernetes.io/cluster/a: owned, ↓"eks:eks-cluster-name": a}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            for tag in nodeClass.spec?["tags"]?.entries ?? [] {
                let isReserved = [
                    "eks:eks-cluster-name", "karpenter.sh/nodepool", "karpenter.sh/nodeclaim",
                    "karpenter.k8s.aws/ec2nodeclass",
                ].contains(tag.key)
                guard isReserved || tag.key.hasPrefix("kubernetes.io/cluster") else { continue }
                findings.add(
                    "\(nodeClass.words) sets the reserved tag `\(tag.key)`", at: tag.keyPlace,
                    label: "reserved for Karpenter")
            }
        }
    }
}
