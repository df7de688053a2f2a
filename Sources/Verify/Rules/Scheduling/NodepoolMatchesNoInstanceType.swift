import Groundwork

extension Rule {
    static let nodepoolMatchesNoInstanceType = Rule(
        "nodepool-matches-no-instance-type", .scheduling,
        why: "Karpenter starts no node from a NodePool whose requirements no instance type meets together",
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
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g6e]}
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["4"]}
            """,
            """
            # A family that the catalog does not have may meet them.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: [g12]}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l9]}
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
                  - {key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m]}
                  - {key: karpenter.k8s.aws/instance-memory, operator: Gt, values: ["8191"]}
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
                  - {key: ↓karpenter.k8s.aws/instance-family, operator: In, values: [g5]}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: In, values: [l40s]}
            """,
            """
            # Karpenter writes the names of GPUs without their maker.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements:
                  - {key: ↓karpenter.k8s.aws/instance-gpu-name, operator: In, values: [nvidia-h100]}
            """,
            """
            # In EKS Auto Mode, too.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: a}
                  requirements:
                  - {key: ↓eks.amazonaws.com/instance-family, operator: In, values: [g6, g6e]}
                  - {key: eks.amazonaws.com/instance-gpu-count, operator: In, values: ["16"]}
            """,
        ]
    ) { tree, findings in
        let memory = "karpenter.k8s.aws/instance-gpu-memory"
        let sizes = Set(Catalog.instanceTypes.map { "\($0.gpuMemoryMiB)" })
        for pool in tree.pools where pool.gpuTypes.types.isEmpty && pool.gpuTypes.isComplete {
            // Only what asks for GPUs of NVIDIA is known well enough.
            let asked = pool.requirements.filter { requirement in
                guard requirement.key.hasPrefix("karpenter.k8s.aws/instance-gpu-") else { return false }
                return requirement.relation != .absent && requirement.relation != .notAmong
            }
            let makers = pool.values(of: "karpenter.k8s.aws/instance-gpu-manufacturer")
            let families = pool.values(of: "karpenter.k8s.aws/instance-family") ?? []
            guard !asked.isEmpty, makers?.contains("nvidia") ?? true, !families.contains("g4ad"),
                !pool.requirements.contains(where: { $0.values.contains { $0.hasPrefix("radeon") } }),
                // `nodepool-gpu-memory-matches-nothing` says it.
                !(pool.values(of: memory) ?? []).contains(where: { !sizes.contains($0) }),
                let demand = pool.typeRequirement, let key = demand["key"]
            else { continue }
            let names = pool.written("karpenter.k8s.aws/instance-gpu-name")?["values"]?.items ?? []
            let labels = Set(Catalog.instanceTypes.map(\.gpuLabel)).sorted()
            let unknown = names.first { !labels.contains($0.text ?? "") }
            findings.add(
                "no instance type meets all requirements of \(pool.object.words)", at: key.place,
                label: "starts no node",
                help: unknown.map { name in
                    let text = (name.text ?? "").lowercased()
                    return labels.first { text.hasSuffix($0) }.map { "the GPU is named `\($0)`" }
                        ?? "GPU names are \(labels.map { "`\($0)`" }.joined(separator: ", "))"
                } ?? "remove or widen one of the requirements")
        }
    }
}
