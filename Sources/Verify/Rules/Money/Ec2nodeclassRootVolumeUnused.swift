import Groundwork

extension Rule {
    static let ec2nodeclassRootVolumeUnused = Rule(
        "ec2nodeclass-root-volume-unused", .money, .warning,
        why:
            "with `instanceStorePolicy: RAID0` containers and images are stored on local NVMe, and a large or "
            + "fast root volume is paid for but not used",
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
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 100Gi}}]
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
            """,
            """
            # Without a policy images go to the root volume, whatever the node has beside it.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 500Gi}}]
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
            """,
            """
            # One of the types has no NVMe.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 300Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g5.xlarge, g5g.xlarge]}
            """,
            """
            # One of the types is not known, and may have no NVMe.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 500Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g19.xlarge]}
            """,
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
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: ↓101Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: g6e}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.xlarge]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: p}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p4d.24xlarge, p5.48xlarge]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              instanceStorePolicy: RAID0
              blockDeviceMappings:
              - {deviceName: /dev/xvda, ebs: {volumeSize: 4Gi}}
              - {deviceName: /dev/xvdb, ebs: {volumeSize: ↓1Ti, volumeType: gp3, iops: 16000, throughput: 1000}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5en.48xlarge]}
            """,
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g6e]}
                  - {key: karpenter.k8s.aws/instance-local-nvme, operator: Exists}
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) where nodeClass.spec?["instanceStorePolicy"]?.text == "RAID0" {
            let pools = tree.pools(of: nodeClass)
            let types = pools.flatMap { $0.hasGPUs == true ? $0.gpuTypes.known ?? [] : [] }
            guard !types.isEmpty, types.allSatisfy({ $0.nvmeGB > 0 }),
                pools.allSatisfy({ $0.hasGPUs == true && $0.gpuTypes.known != nil })
            else { continue }
            for mapping in nodeClass.spec?["blockDeviceMappings"]?.items ?? [] {
                guard let size = mapping["ebs"]?["volumeSize"], let bytes = size.quantity,
                    bytes > Thresholds.largestIdleVolume.value * 1_073_741_824
                else { continue }
                findings.add(
                    "\(nodeClass.words) gives each node an unused EBS volume of \(size.text ?? "") besides its "
                        + "local NVMe",
                    at: size.place, label: "paid for but not used",
                    notes: [
                        .init(
                            "containers and images are stored on local NVMe",
                            at: nodeClass.spec?.keyPlace("instanceStorePolicy") ?? nodeClass.place)
                    ],
                    help:
                        "use \(Thresholds.smallestRootVolume.text) to \(Thresholds.largestIdleVolume.text) GiB "
                        + "for the operating system"
                )
            }
        }
    }
}
