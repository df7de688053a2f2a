import Groundwork

extension Rule {
    static let nodepoolLimitsInconsistent = Rule(
        "nodepool-limits-inconsistent", .scheduling, .warning,
        why: "all limits of a NodePool apply at once, so the one that is reached first is the effective limit",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 16, memory: 5000Gi}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            # Two nodes exactly.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 16, cpu: 384, memory: 4096Gi}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            # With the smaller type the limits agree.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8, cpu: 32}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.xlarge, g6.8xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 192}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            # The limit counts the shares of 10 GPUs.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 100, nvidia.com/gpu: 40}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g4dn.xlarge]}
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec:
              requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]
              capacity: {nvidia.com/gpu: 4}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 64, ↓memory: 4000Gi}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [p5.48xlarge]}
            """,
            """
            # A CPU short of two nodes.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nvidia.com/gpu: 8, ↓cpu: "95"}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6.12xlarge]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {nodes: 8, nvidia.com/gpu: 32, ↓cpu: 100, ↓memory: 1Ti}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: node.kubernetes.io/instance-type, operator: In, values: [g6e.12xlarge, p5.48xlarge]}
            """,
        ]
    ) { tree, findings in
        // Limits of nodes that advertise shares of their GPUs count the shares.
        for (number, pool) in tree.pools.enumerated() where tree.offering("nvidia.com/gpu", of: number) == nil {
            let limits = pool.object.spec?["limits"]
            guard let gpus = limits?["nvidia.com/gpu"]?.quantity, let types = pool.gpuTypes.known else { continue }
            for (name, of) in [("cpu", { Double($0.vcpu) }), ("memory", { Double($0.memoryMiB) * 1_048_576 })]
                as [(String, (InstanceType) -> Double)]
            {
                guard let limit = limits?[name]?.quantity else { continue }
                let held = types.map { ($0, (limit / of($0)).rounded(.down) * Double($0.gpuCount)) }
                guard let most = held.max(by: { $0.1 < $1.1 }), most.1 < gpus else { continue }
                findings.add(
                    "the `\(name)` limit of \(pool.object.words) allows \(wholeNumber(most.1)) GPUs, fewer than its "
                        + "`nvidia.com/gpu` limit, \(wholeNumber(gpus))",
                    at: limits?.keyPlace(name) ?? pool.object.place, label: "reached first, even on `\(most.0.name)`",
                    notes: limits.map { [.init("the GPU limit is here", at: $0.keyPlace("nvidia.com/gpu"))] } ?? [],
                    help: "limit only `nvidia.com/gpu` in a NodePool of GPU nodes")
            }
        }
    }
}
