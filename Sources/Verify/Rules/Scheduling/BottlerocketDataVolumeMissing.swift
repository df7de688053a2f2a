import Groundwork

extension Rule {
    static let bottlerocketDataVolumeMissing = Rule(
        "bottlerocket-data-volume-missing", .scheduling,
        why:
            "Bottlerocket stores images and containers on `/dev/xvdb`; a larger `/dev/xvda` holds only the "
            + "operating system",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings:
              - {deviceName: /dev/xvda, ebs: {volumeSize: 4Gi}}
              - {deviceName: /dev/xvdb, ebs: {volumeSize: 200Gi}}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings: [{deviceName: /dev/xvdb, ebs: {volumeSize: 200Gi}}]
            """,
            """
            # Amazon Linux has one volume.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 200Gi}}]
            """,
            """
            # Karpenter maps both by itself where none is written.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              role: nodes
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings: [{deviceName: ↓/dev/xvda, ebs: {volumeSize: 200Gi}}]
            """,
            """
            # The device has another name.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: Bottlerocket
              amiSelectorTerms: [{id: ami-0123456789abcdef0}]
              blockDeviceMappings:
              - {deviceName: ↓/dev/sdb, ebs: {volumeSize: 200Gi, volumeType: gp3, encrypted: true}}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@latest}]
              instanceStorePolicy: RAID0
              blockDeviceMappings:
              - {deviceName: ↓/dev/xvda, ebs: {volumeSize: 4Gi}}
              - {deviceName: /dev/xvdc, ebs: {volumeSize: 500Gi}}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            let isBottlerocket =
                nodeClass.spec?["amiSelectorTerms"]?.items?.contains {
                    $0["alias"]?.text?.hasPrefix("bottlerocket") ?? false
                } ?? false
            let mappings = nodeClass.spec?["blockDeviceMappings"]?.items ?? []
            guard isBottlerocket || nodeClass.spec?["amiFamily"]?.text == "Bottlerocket",
                let first = mappings.first?["deviceName"],
                !mappings.contains(where: { $0["deviceName"]?.text == "/dev/xvdb" || $0["rootVolume"]?.boolean == true }
                )
            else { continue }
            findings.add(
                "\(nodeClass.words) maps no volume to `/dev/xvdb`, where Bottlerocket stores images and containers",
                at: first.place,
                label: "stores only the operating system")
        }
    }
}
