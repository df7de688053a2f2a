import Groundwork

extension Rule {
    static let ec2nodeclassRoleConflict = Rule(
        "ec2nodeclass-role-conflict", .structure,
        why:
            "a node has one role: the API server rejects an EC2NodeClass with both a role and an instance "
            + "profile, or with neither",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: a
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceProfile: KarpenterNodeInstanceProfile-a
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: KarpenterNodeRole-a
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: karpenter.k8s.aws/v1
                kind: EC2NodeClass
                metadata: {name: a}
                spec: {role: null, instanceProfile: KarpenterNodeInstanceProfile-a}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: a
              ↓instanceProfile: b
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              ↓amiSelectorTerms: [{alias: al2023@v20260714}]
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            guard let spec = nodeClass.spec else { continue }
            if spec["role"] != nil, spec["instanceProfile"] != nil {
                findings.add(
                    "\(nodeClass.words) has both a role and an instance profile", at: spec.keyPlace("instanceProfile"),
                    label: "must not be combined with `role`",
                    notes: [.init("the role is here", at: spec.keyPlace("role"))])
            } else if spec["role"] == nil, spec["instanceProfile"] == nil {
                findings.add(
                    "\(nodeClass.words) has neither a role nor an instance profile",
                    at: spec.entries?.first?.keyPlace ?? spec.place,
                    label: "needs `role` or `instanceProfile`")
            }
        }
    }
}
