extension Rule {
    static let ec2nodeclassAliasWithoutVersion = Rule(
        "ec2nodeclass-alias-without-version", .scheduling,
        why: "the API server rejects an AMI alias without `@` and a version",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a, amiSelectorTerms: [{alias: al2023@v20260714}]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a, amiSelectorTerms: [{alias: bottlerocket@latest}]}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: b}
            spec: {role: a, amiSelectorTerms: [{alias: "${AMI_ALIAS}"}]}
            """,
            """
            # Other terms need no alias.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a, amiFamily: AL2023, amiSelectorTerms: [{id: ami-0123456789abcdef0}, {name: al2023}]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a, amiSelectorTerms: [{alias: ↓al2023}]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: a
              amiSelectorTerms:
              - alias: ↓bottlerocket@
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {role: a, amiSelectorTerms: [{alias: ↓"AL2023"}]}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            for term in nodeClass.spec?["amiSelectorTerms"]?.items ?? [] {
                guard let alias = term["alias"], let text = alias.text, !hasPlaceholder(text),
                    text.wholeMatch(of: /[A-Za-z0-9]+@.+/) == nil
                else { continue }
                let family = text.prefix { $0 != "@" }.lowercased()
                findings.add(
                    "the AMI alias `\(text)` of \(nodeClass.words) has no version", at: alias.place,
                    label: "must have the form `family@version`",
                    help: "write a release, such as `\(family)@\(family == "bottlerocket" ? "v1.60.0" : "v20260714")`")
            }
        }
    }
}
