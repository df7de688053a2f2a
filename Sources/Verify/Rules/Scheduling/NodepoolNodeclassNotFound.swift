import Groundwork

extension Rule {
    static let nodepoolNodeclassNotFound = Rule(
        "nodepool-nodeclass-not-found", .scheduling, inPartialTree: .warnOnEvidence,
        why: "a NodePool whose EC2NodeClass does not exist is never ready, and Karpenter starts no nodes from it",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: nvme}}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: nvme}
            """,
            """
            # EKS Auto Mode has the class already.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: nvme}}
            --- # classes/nvme.yaml
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: nvme}
            """,
            """
            # A class has no namespace, whatever its manifest says.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: nvme}}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: nvme, namespace: karpenter}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: ↓nmve}}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: nvme}
            """,
            """
            # A NodePool of the name is no class.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: default}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: ↓default}}
            """,
            """
            # The prefix goes before the name of the class, and not where a NodePool refers to it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec: {nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: ↓nvme}}
            ---
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: nvme}
            --- # kustomization.yaml
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namePrefix: dev-
            resources: [example.yaml]
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            guard let reference = pool.object.spec?["template"]?["spec"]?["nodeClassRef"], let name = reference["name"],
                reference["kind"]?.text == "EC2NodeClass", tree.object(.nodeClass, name.text ?? "") == nil
            else { continue }
            findings.add(
                "\(pool.object.words) refers to EC2NodeClass `\(name.text ?? "")`, which does not exist",
                at: name.place, label: "no such EC2NodeClass",
                help: tree.scope.built.renaming(.nodeClass, name.text ?? "")
                    ?? meant(name, tree.objects(.nodeClass).map(\.name)))
        }
    }
}
