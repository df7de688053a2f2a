import Groundwork

extension Rule {
    static let ec2nodeclassRootVolumeTooSmall = Rule(
        "ec2nodeclass-root-volume-too-small", .scheduling, .warning,
        why:
            "the images of model servers take 10 to 20 GiB; on a small volume the kubelet evicts pods before "
            + "they start",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
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
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              instanceStorePolicy: RAID0
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 30Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
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
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Images go to the second volume of Bottlerocket.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings:
              - {deviceName: /dev/xvda, ebs: {volumeSize: 4Gi}}
              - {deviceName: /dev/xvdb, ebs: {volumeSize: 100Gi}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Nodes without GPUs have small images.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 20Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: ↓20Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              blockDeviceMappings:
              - {deviceName: /dev/xvda, ebs: {volumeSize: 100Gi}}
              - {deviceName: /dev/xvdb, ebs: {volumeSize: ↓20Gi}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge]}
            """,
            """
            # The root volume is the one that says so.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: Custom
              amiSelectorTerms: [{tags: {image: gpu}}]
              blockDeviceMappings:
              - {deviceName: /dev/sda1, rootVolume: true, ebs: {volumeSize: ↓40G, volumeType: gp3}}
              - {deviceName: /dev/xvda, ebs: {volumeSize: 200Gi, volumeType: gp3}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
            """
            # Without block device mappings the volume has 20 GiB.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: ↓a}
            spec: {amiSelectorTerms: [{alias: al2023@v20260714}]}
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
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) where nodeClass.spec?["instanceStorePolicy"] == nil {
            guard tree.pools(of: nodeClass).contains(where: { $0.hasGPUs == true }) else { continue }
            guard let disk = tree.volume(of: nodeClass),
                disk.bytes < Thresholds.smallestRootVolume.value * 1_073_741_824
            else { continue }
            findings.add(
                "\(nodeClass.words) gives GPU nodes a volume of \(wholeNumber(disk.bytes / 1_073_741_824)) GiB for images "
                    + "and models",
                at: disk.place,
                label: "should be at least \(Thresholds.smallestRootVolume.text) GiB")
        }
    }
}
