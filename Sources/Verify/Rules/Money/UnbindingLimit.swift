import Groundwork

extension Rule {
    static let unbindingLimit = Rule(
        "unbinding-limit", .money, .warning,
        why: "a limit of a resource that no node has is never reached",
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
            """
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
            """
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
                    "\(pool.object.words) limits `\(entry.key)`, which Karpenter counts on no node", at: entry.keyPlace,
                    label: "never reached", help: entry.key == "gpu" ? "did you mean `nvidia.com/gpu`?" : nil)
            }
        }
    }
}
