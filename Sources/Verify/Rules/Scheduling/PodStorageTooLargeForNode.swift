import Groundwork

extension Rule {
    static let podStorageTooLargeForNode = Rule(
        "pod-storage-too-large-for-node", .scheduling, inPartialTree: .warn,
        why:
            "Karpenter starts no node for a pod that requests more ephemeral storage than the volume of its nodes has, which "
            + "is \(Thresholds.defaultRootVolume.text) GiB by default",
        accepts: [
            """
            # RAID0 gives pods the local NVMe.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {amiSelectorTerms: [{alias: al2023@v20260714}], instanceStorePolicy: RAID0}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {ephemeral-storage: 300Gi}, limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              blockDeviceMappings: [{deviceName: /dev/xvda, ebs: {volumeSize: 200Gi}}]
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {ephemeral-storage: 150Gi}, limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # An AMI of one's own decides its volume.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {amiFamily: Custom, amiSelectorTerms: [{id: ami-1}]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {ephemeral-storage: 150Gi}, limits: {nvidia.com/gpu: 1}}}]
            """,
        ],
        rejects: [
            """
            # Without block device mappings the volume has 20 GiB.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
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
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.2xlarge]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {↓ephemeral-storage: 100G}, limits: {nvidia.com/gpu: 1}}}]
            """,
            """
            # Bottlerocket keeps containers on its second volume.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.60.0}]
              blockDeviceMappings:
              - {deviceName: /dev/xvda, ebs: {volumeSize: 500Gi}}
              - {deviceName: /dev/xvdb, ebs: {volumeSize: 50Gi}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, resources: {requests: {↓ephemeral-storage: 40Gi}, limits: {nvidia.com/gpu: 1}}}
                  - {name: b, resources: {requests: {ephemeral-storage: 20Gi}}}
            """,
            """
            # The local NVMe of these has 250 GB.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec: {amiSelectorTerms: [{alias: al2023@v20260714}], instanceStorePolicy: RAID0}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l4]}, {key: karpenter.k8s.aws/instance-local-nvme, operator: Lt, values: ["300"]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, resources: {requests: {↓ephemeral-storage: 300Gi}, limits: {nvidia.com/gpu: 1}}}]
            """,
        ]
    ) { tree, findings in
        for (workload, reach) in tree.reachingWorkloads where !workload.isDaemon {
            let asked = workload.pod.asked("ephemeral-storage")
            guard asked > 0, let place = workload.pod.place(of: "ephemeral-storage") else { continue }
            let disks = reach.tolerated.map { tree.disk(of: tree.nodes[$0], for: workload) }
            guard !disks.isEmpty, !disks.contains(where: { $0 == nil }),
                let most = disks.compactMap({ $0 }).max(by: { $0.usable < $1.usable }), asked > most.usable
            else { continue }
            findings.add(
                "the pods of \(workload.object.words) request \(gibibytes(asked)) GiB of `ephemeral-storage`, but a node of "
                    + "their NodePools has a volume of \(gibibytes(most.bytes)) GiB",
                at: place, label: "at most \(gibibytes(most.usable)) GiB are allocatable",
                notes: [.init(most.words, at: most.place)],
                help: "give the EC2NodeClass a larger volume in `blockDeviceMappings`, or use the local NVMe with "
                    + "`instanceStorePolicy: RAID0`")
        }
    }
}

/// A size in whole GiB.
private func gibibytes(_ bytes: Double) -> Int { wholeNumber((bytes / 1_073_741_824).rounded(.down)) }
