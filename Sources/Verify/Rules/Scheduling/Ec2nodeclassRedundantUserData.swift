import Groundwork

extension Rule {
    static let ec2nodeclassRedundantUserData = Rule(
        "ec2nodeclass-redundant-user-data", .scheduling, .warning,
        why:
            "the EKS and Bottlerocket AMIs for NVIDIA include the driver, the container toolkit, the "
            + "persistence daemon and EFA. User data that sets them up again has no effect, or delays the node",
        accepts: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                #!/bin/bash
                sysctl -w vm.max_map_count=262144
            """,
            """
            # An AMI of its own may need that.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiFamily: AL2023
              amiSelectorTerms: [{id: ami-0123456789abcdef0}]
              userData: |
                #!/bin/bash
                dnf install -y nvidia-container-toolkit
                nvidia-smi -pm 1
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                #!/bin/bash
                # nvidia-smi -pm 1 and modprobe efa are not needed here
                ulimit -l unlimited
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: bottlerocket@v1.50.0}]
              userData: |
                [settings.kubelet-device-plugins.nvidia]
                device-sharing-strategy = "time-slicing"
                [settings.kubelet-device-plugins.nvidia.time-slicing]
                replicas = 4
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                apiVersion: node.eks.aws/v1alpha1
                kind: NodeConfig
                spec:
                  kubelet: {config: {maxParallelImagePulls: 4, serializeImagePulls: false}}
            """,
            """
            # These set clocks and power, which the AMI does not.
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                #!/bin/bash
                nvidia-smi -ac 1593,1410 && nvidia-smi -pl 300
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                #!/bin/bash
                ↓nvidia-smi -pm 1
                ↓modprobe efa
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="//"

                --//
                Content-Type: text/x-shellscript; charset="us-ascii"

                #!/bin/bash
                ↓dnf install -y nvidia-container-toolkit
                nvidia-ctk runtime configure --runtime=containerd

                --//--
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@latest}]
              userData: |
                #!/bin/bash
                set -e
                if ! lsmod | grep -q nvidia; then
                  ↓dnf module install -y nvidia-driver:latest-dkms
                fi
            """,
            """
            apiVersion: karpenter.k8s.aws/v1
            kind: EC2NodeClass
            metadata: {name: a}
            spec:
              amiSelectorTerms: [{alias: al2023@v20260714}]
              userData: |
                #!/bin/bash
                ↓nvidia-smi
                ↓nvidia-smi -pm 1
            """,
        ]
    ) { tree, findings in
        for nodeClass in tree.objects(.nodeClass) {
            let usesAlias = nodeClass.spec?["amiSelectorTerms"]?.items?.contains { $0["alias"] != nil } ?? false
            guard usesAlias, let data = nodeClass.spec?["userData"], let text = data.text else { continue }
            let idle = [
                ("nvidia-smi -pm", "the AMI runs the NVIDIA persistence daemon"),
                ("nvidia-smi --persistence-mode", "the AMI runs the NVIDIA persistence daemon"),
                ("nvidia-persistenced", "the AMI runs the NVIDIA persistence daemon"),
                ("modprobe efa", "the EFA driver loads with its interfaces"),
                ("nvidia-driver", "the AMI includes the driver"),
                ("nvidia-container-toolkit", "the AMI includes the toolkit"),
            ]
            var offset = 0
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                defer { offset += line.utf8.count + 1 }
                let blanks = line.prefix { $0 == " " }.utf8.count
                let command = line.dropFirst(blanks)
                // Without options it only prints the state of the GPUs.
                let prints = command == "nvidia-smi" ? ("nvidia-smi", "it only prints what the driver reports") : nil
                guard !command.hasPrefix("#"), let (word, why) = idle.first(where: { line.contains($0.0) }) ?? prints
                else { continue }
                findings.add(
                    "the user data of \(nodeClass.words) uses `\(word)`, which has no effect on its AMI",
                    at: data.place(ofContent: offset + blanks..<offset + line.utf8.count), label: why)
            }
        }
    }
}
