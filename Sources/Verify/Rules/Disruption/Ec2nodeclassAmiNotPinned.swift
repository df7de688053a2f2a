import Groundwork

extension Rule {
    static let ec2nodeclassAmiNotPinned = Rule(
        "ec2nodeclass-ami-not-pinned", .disruption, .warning,
        why:
            "with `@latest`, every AMI release makes all nodes drift, and Karpenter replaces them with an image "
            + "that has not been tested",
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
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {amiSelectorTerms: [{alias: ↓bottlerocket@latest}]}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            for term in nodeClass.spec?["amiSelectorTerms"]?.items ?? [] {
                guard let alias = term["alias"], let text = alias.text, text.hasSuffix("@latest"),
                    !text.hasPrefix("windows")
                else { continue }
                findings.add(
                    "\(nodeClass.words) always uses the latest AMI", at: alias.place,
                    label: "every AMI release replaces the nodes",
                    help: release(text).map { "pin a release, such as `\(text.dropLast(6))\($0)`" } ?? "pin a release")
            }
        }
    }
}

/// A release in the form that the AMIs of a family have; nil if the family has no more releases.
private func release(_ alias: String) -> String? {
    if alias.hasPrefix("bottlerocket") { return "v1.60.0" }
    return alias.hasPrefix("al2023") ? "v20260714" : nil
}
