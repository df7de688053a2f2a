import Groundwork

extension Rule {
    static let ec2nodeclassPrimaryInterfaceMissing = Rule(
        "ec2nodeclass-primary-interface-missing", .scheduling,
        why:
            "a node needs a network interface of type `interface` on card 0, device 0, and no two interfaces on "
            + "the same card and device",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}, {networkCardIndex: 1, deviceIndex: 0, interfaceType: efa-only}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
            """,
            """
            # It need not come first.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              networkInterfaces:
              - {networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 0, deviceIndex: 1, interfaceType: efa-only}
            """,
            """
            # Karpenter makes one by itself where none is written.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              role: nodes
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              ↓networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: efa-only}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              ↓networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 1, interfaceType: interface}
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: efa-only}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              ↓networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 1, interfaceType: efa-only}
              - {networkCardIndex: 1, deviceIndex: 0, interfaceType: interface}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            guard let spec = nodeClass.spec, let interfaces = spec["networkInterfaces"]?.items, !interfaces.isEmpty
            else { continue }
            let isPrimary = { (value: ManifestValue) in
                value["networkCardIndex"]?.integer == 0 && value["deviceIndex"]?.integer == 0
                    && value["interfaceType"]?.text == "interface"
            }
            if !interfaces.contains(where: isPrimary) {
                findings.add(
                    "\(nodeClass.words) has no network interface of type `interface` on card 0, device 0",
                    at: spec.keyPlace("networkInterfaces"),
                    label: "must include the primary interface")
            }
        }
    }
}
