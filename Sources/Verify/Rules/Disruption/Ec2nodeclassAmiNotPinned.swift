import Groundwork

extension Rule {
    static let ec2nodeclassAmiNotPinned = Rule(
        "ec2nodeclass-ami-not-pinned", .disruption, .warning,
        why: "with every release of the AMI all nodes drift and are replaced, with an image that nobody has tried",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              # No release of these can be named.
              amiSelectorTerms: [{alias: windows2022@latest}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: AL2023
              amiSelectorTerms: [{id: ami-0123456789abcdef0}, {tags: {release: latest}}]
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: ↓al2023@latest}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: Custom
              amiSelectorTerms: [{alias: ↓bottlerocket@latest}]
              userData: |
                [settings.kernel]
                lockdown = "integrity"
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: EC2NodeClass}
              patch: |
                - {op: replace, path: /spec/amiSelectorTerms/0/alias, value: ↓al2023@latest}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            for term in nodeClass.spec?["amiSelectorTerms"]?.items ?? [] {
                guard let alias = term["alias"], let text = alias.text, text.hasSuffix("@latest"),
                    !text.hasPrefix("windows")
                else { continue }
                findings.add(
                    "\(nodeClass.words) takes the newest AMI at any time", at: alias.place,
                    label: "replaces the nodes when it moves",
                    help: "name a release, as in `\(text.dropLast(6))v20260714`")
            }
        }
    }
}
