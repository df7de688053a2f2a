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
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) where nodeClass.spec?["instanceStorePolicy"] == nil {
            guard tree.pools(of: nodeClass).contains(where: { $0.hasGPUs == true }) else { continue }
            let mappings = nodeClass.spec?["blockDeviceMappings"]?.items ?? []
            let isBottlerocket =
                nodeClass.spec?["amiSelectorTerms"]?.items?.contains {
                    $0["alias"]?.text?.hasPrefix("bottlerocket") ?? false
                } ?? false
            let device = isBottlerocket ? "/dev/xvdb" : "/dev/xvda"
            let chosen =
                mappings.first { $0["rootVolume"]?.boolean == true }
                ?? mappings.first { $0["deviceName"]?.text == device }
            guard let size = chosen?["ebs"]?["volumeSize"], let bytes = size.quantity,
                bytes < Thresholds.smallestRootVolume.value * 1_073_741_824
            else {
                continue
            }
            findings.add(
                "\(nodeClass.words) gives GPU nodes a volume of \(size.text ?? "") for images and models",
                at: size.place,
                label: "should be at least \(Thresholds.smallestRootVolume.text) GiB")
        }
    }
}
