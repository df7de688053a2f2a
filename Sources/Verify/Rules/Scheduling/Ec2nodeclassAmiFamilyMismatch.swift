import Groundwork

extension Rule {
    static let ec2nodeclassAmiFamilyMismatch = Rule(
        "ec2nodeclass-ami-family-mismatch", .scheduling,
        why:
            "an AMI alias must be the only AMI term, and it decides the AMI family. The API server rejects "
            + "other terms or another `amiFamily` beside it, and an EC2NodeClass with neither",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: AL2023
              amiSelectorTerms: [{alias: al2023@v20260714}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.62.1}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: Custom
              amiSelectorTerms: [{alias: al2023@v20260714}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: AL2023
              amiSelectorTerms:
              - {id: ami-0123456789abcdef0}
              - {name: team-gpu-*, owner: self}
              - {tags: {release: stable}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: ↓Bottlerocket
              amiSelectorTerms: [{alias: al2023@v20260714}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}, {↓id: ami-1}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{↓id: ami-1}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{↓tags: {release: stable}}, {name: team-gpu-*, owner: self}]
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            guard let terms = nodeClass.spec?["amiSelectorTerms"]?.items, let first = terms.first else { continue }
            let family = nodeClass.spec?["amiFamily"]
            guard let alias = terms.compactMap({ $0["alias"] }).first,
                let name = alias.text?.split(separator: "@").first
            else {
                if family == nil {
                    findings.add(
                        "\(nodeClass.words) has neither an AMI alias nor an `amiFamily`",
                        at: first.entries?.first?.keyPlace ?? first.place,
                        label: "`amiFamily` is required without an alias")
                }
                continue
            }
            for term in terms where term["alias"] == nil {
                findings.add(
                    "\(nodeClass.words) has another AMI term besides its alias",
                    at: term.entries?.first?.keyPlace ?? term.place,
                    label: "an alias must be the only term", notes: [.init("the alias is here", at: alias.place)])
            }
            if let family, let text = family.text, text != "Custom", text.lowercased() != name.lowercased() {
                findings.add(
                    "\(nodeClass.words) has `amiFamily` `\(text)`, but its AMI alias selects `\(name)`",
                    at: family.place,
                    label: "differs from the alias",
                    notes: [.init("the alias is here", at: alias.place)])
            }
        }
    }
}
