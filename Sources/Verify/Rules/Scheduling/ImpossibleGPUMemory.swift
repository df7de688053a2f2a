import Groundwork

extension Rule {
    static let impossibleGPUMemory = Rule(
        "impossible-gpu-memory", .scheduling,
        why: "the label says what EC2 reports in MiB, below the name on the box: another number matches no type",
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
            """
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
            """
        ]
    ) { tree, findings in
        let known = Set(Catalog.instanceTypes.map(\.gpuMemoryMiB))
        for pool in tree.pools {
            guard let demand = pool.written("karpenter.k8s.aws/instance-gpu-memory"), demand["operator"]?.text == "In"
            else { continue }
            for value in demand["values"]?.items ?? [] {
                guard let mebibytes = value.count, !known.contains(mebibytes) else { continue }
                let near = known.filter { $0 < mebibytes }.max()
                findings.add(
                    "\(pool.object.words) demands GPUs of \(mebibytes) MiB, which no instance type has",
                    at: value.place,
                    label: "matches nothing", help: near.map { "the next below is `\($0)`" })
            }
        }
    }
}
