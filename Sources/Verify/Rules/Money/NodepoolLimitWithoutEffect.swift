import Groundwork

extension Rule {
    static let nodepoolLimitWithoutEffect = Rule(
        "nodepool-limit-without-effect", .money, .warning,
        why: "a limit on a resource that no node has is never reached",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 100, nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nodes: 4, memory: 2Ti, ephemeral-storage: 10Ti, vpc.amazonaws.com/efa: 128}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # An overlay makes Karpenter count it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/mig-1g.10gb: 56}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/mig-1g.10gb: 56}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {aws.amazon.com/neuron: 32}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [inf2, trn1]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {↓gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # This is how a ResourceQuota writes it.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {↓requests.nvidia.com/gpu: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # The overlay is of other nodes.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 400, ↓nvidia.com/gpu.shared: 32}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [b]}]
              capacity: {nvidia.com/gpu.shared: 8}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {↓CPU: 400, ↓nvidia.com/gpus: 8}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
            """,
        ]
    ) { tree, findings in
        let known: Set = [
            "cpu", "memory", "ephemeral-storage", "pods", "nodes", "nvidia.com/gpu", "amd.com/gpu",
            "aws.amazon.com/neuron",
            "aws.amazon.com/neuroncore", "habana.ai/gaudi", "vpc.amazonaws.com/efa", "vpc.amazonaws.com/pod-eni",
        ]
        for (number, pool) in tree.pools.enumerated() {
            for entry in pool.object.spec?["limits"]?.entries ?? []
            where !known.contains(entry.key) && tree.offering(entry.key, of: number) == nil {
                findings.add(
                    "\(pool.object.words) limits `\(entry.key)`, a resource that Karpenter counts on no node",
                    at: entry.keyPlace,
                    label: "never reached", help: entry.key == "gpu" ? "did you mean `nvidia.com/gpu`?" : nil)
            }
        }
    }
}
