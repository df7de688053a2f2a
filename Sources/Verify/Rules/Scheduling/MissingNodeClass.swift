import Groundwork

extension Rule {
    static let missingNodeClass = Rule(
        "missing-node-class", .scheduling, elsewhere: .onEvidence,
        why: "a NodePool without its EC2NodeClass is never ready, and no pod gets a node from it",
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
            """
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
            """
        ]
    ) { tree, findings in
        for pool in tree.pools {
            guard let reference = pool.object.spec?["template"]?["spec"]?["nodeClassRef"], let name = reference["name"],
                reference["kind"]?.text == "EC2NodeClass", tree.object(.nodeClass, name.text ?? "") == nil
            else { continue }
            findings.add(
                "\(pool.object.words) takes its nodes from EC2NodeClass `\(name.text ?? "")`, which does not exist",
                at: name.place, label: "no such EC2NodeClass",
                help: tree.scope.built.renaming(.nodeClass, name.text ?? "")
                    ?? meant(name, tree.objects(.nodeClass).map(\.name)))
        }
    }
}
