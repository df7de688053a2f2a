import Groundwork

extension Rule {
    static let gpusOfAnyMaker = Rule(
        "gpus-of-any-maker", .scheduling, .warning,
        why: "`instance-gpu-count` is set on AMD types, too, on which NVIDIA images do not start",
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
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"]}
                  - {key: karpenter.k8s.aws/instance-gpu-manufacturer, operator: In, values: [nvidia]}
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
                  - {key: ↓karpenter.k8s.aws/instance-gpu-count, operator: Gt, values: ["0"]}
            """
        ]
    ) { tree, findings in
        let tellers =
            ["instance-gpu-manufacturer", "instance-gpu-name", "instance-family"].map { "karpenter.k8s.aws/\($0)" }
            + ["node.kubernetes.io/instance-type"]
        for pool in tree.pools {
            guard let demand = pool.written("karpenter.k8s.aws/instance-gpu-count"), let key = demand["key"],
                demand["operator"]?.text != "DoesNotExist",
                !pool.requirements.contains(where: { tellers.contains($0.key) && $0.relation != .notAmong })
            else { continue }
            findings.add(
                "\(pool.object.words) takes GPUs of any maker", at: key.place, label: "AMD types have this label, too",
                help: "demand `karpenter.k8s.aws/instance-gpu-manufacturer In [nvidia]`")
        }
    }
}
