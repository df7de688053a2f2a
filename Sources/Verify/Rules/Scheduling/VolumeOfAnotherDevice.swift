import Groundwork

extension Rule {
    static let volumeOfAnotherDevice = Rule(
        "volume-of-another-device", .scheduling,
        why: "Bottlerocket keeps containers on /dev/xvdb; a larger /dev/xvda holds only the system",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 4Gi}}, {deviceName: /dev/xvdb, ebs: {volumeSize: 200Gi}}]
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings: [{deviceName: ↓/dev/xvda, ebs: {volumeSize: 200Gi}}]
            """
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
                "\(nodeClass.words) maps no volume to `/dev/xvdb`, where Bottlerocket keeps containers",
                at: first.place,
                label: "not where images go")
        }
    }
}
