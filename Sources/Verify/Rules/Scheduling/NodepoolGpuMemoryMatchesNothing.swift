import Groundwork

extension Rule {
    static let nodepoolGpuMemoryMatchesNothing = Rule(
        "nodepool-gpu-memory-matches-nothing", .scheduling,
        why:
            "the label holds the GPU memory in MiB that EC2 reports, which is less than the advertised size. "
            + "Any other number matches no instance type",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: ["22888"]}
            """,
            """
            # An H100 is as large as the name says.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: ["81920"]}
            """,
            """
            # A bound need not be a value.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gt, values: ["24576"]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: NotIn, values: ["24576"]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: ["45776", "144384"]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [amd]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: ["8192"]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: [↓"24576"]}
            """,
            """
            # One of the two is the memory of no type.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: ["22888", ↓"49152"]}
            """,
            """
            # This is what nvidia-smi shows.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: [↓"81559"]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: In, values: [↓"80"]}
            """,
        ]
    ) { tree, findings in
        let known = Set(Catalog.instanceTypes.map(\.gpuMemoryMiB))
        for pool in tree.pools {
            // The catalog has the GPUs of NVIDIA.
            guard let demand = pool.written("karpenter.k8s.aws/instance-gpu-memory"), demand["operator"]?.text == "In",
                pool.values(of: "karpenter.k8s.aws/instance-gpu-manufacturer")?.contains("nvidia") ?? true,
                !(pool.values(of: "karpenter.k8s.aws/instance-family") ?? []).contains("g4ad")
            else { continue }
            for value in demand.items(of: "values") {
                guard let mebibytes = value.count, !known.contains(mebibytes) else { continue }
                let near = known.filter { $0 < mebibytes }.max()
                findings.add(
                    "\(pool.object.words) requires GPUs of \(mebibytes) MiB, which no instance type has",
                    at: value.place,
                    label: "matches no instance type", help: near.map { "the next lower value is `\($0)`" })
            }
        }
    }
}
