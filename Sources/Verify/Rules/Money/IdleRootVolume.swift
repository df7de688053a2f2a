import Groundwork

extension Rule {
    static let idleRootVolume = Rule(
        "idle-root-volume", .money, .warning,
        why:
            "with `instanceStorePolicy: RAID0` containers and their images are on local NVMe, and a large or fast root volume is paid for and not used",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 50Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: ↓500Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) where nodeClass.spec?["instanceStorePolicy"]?.text == "RAID0" {
            let types = tree.pools(of: nodeClass).flatMap(\.types)
            guard !types.isEmpty, types.allSatisfy({ $0.nvmeGB > 0 }) else { continue }
            for mapping in nodeClass.spec?["blockDeviceMappings"]?.items ?? [] {
                guard let size = mapping["ebs"]?["volumeSize"], let bytes = size.quantity,
                    bytes > Thresholds.largestIdleVolume.value * 1_073_741_824
                else { continue }
                findings.add(
                    "\(nodeClass.words) gives each node \(size.text ?? "") beside its local NVMe, where nothing is stored",
                    at: size.place, label: "paid for, and empty",
                    notes: [
                        .init(
                            "containers and images go to the NVMe",
                            at: nodeClass.spec?.keyPlace("instanceStorePolicy") ?? nodeClass.place)
                    ],
                    help:
                        "\(Thresholds.smallestRootVolume.text) to \(Thresholds.largestIdleVolume.text) GiB hold the system"
                )
            }
        }
    }
}
