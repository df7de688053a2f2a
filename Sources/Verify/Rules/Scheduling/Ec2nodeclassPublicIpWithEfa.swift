import Groundwork

extension Rule {
    static let ec2nodeclassPublicIpWithEfa = Rule(
        "ec2nodeclass-public-ip-with-efa", .scheduling,
        why: "EC2 rejects the launch of an instance with a public IP address and several network interfaces",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              associatePublicIPAddress: false
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              associatePublicIPAddress: true
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              # The subnet decides.
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              associatePublicIPAddress: ↓true
              networkInterfaces: [{networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}, {networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              associatePublicIPAddress: false
              networkInterfaces:
              - {networkCardIndex: 0, deviceIndex: 0, interfaceType: interface}
              - {networkCardIndex: 0, deviceIndex: 1, interfaceType: efa-only}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - target: {kind: EC2NodeClass}
              patch: |
                - {op: replace, path: /spec/associatePublicIPAddress, value: ↓true}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            guard let address = nodeClass.spec?["associatePublicIPAddress"], address.boolean == true,
                let interfaces = nodeClass.spec?["networkInterfaces"]?.items, interfaces.count > 1
            else { continue }
            findings.add(
                "\(nodeClass.words) requests a public IP address and \(interfaces.count) network interfaces",
                at: address.place,
                label: "EC2 rejects the launch")
        }
    }
}
