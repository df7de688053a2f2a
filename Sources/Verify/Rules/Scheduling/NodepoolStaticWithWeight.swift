import Groundwork

extension Rule {
    static let nodepoolStaticWithWeight = Rule(
        "nodepool-static-with-weight", .scheduling,
        why:
            "a NodePool with `replicas` is static, not chosen for pods. The API server rejects a `weight` on "
            + "it, and limits other than `nodes`",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              limits: {nodes: 3}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # Chosen for pods.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              weight: 10
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
              replicas: 0
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            # Without `nodes` it may have as many as it likes while it replaces them.
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 3
              limits: {}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              ↓weight: 10
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              limits: {↓cpu: 100}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 0
              ↓weight: 1
              limits: {nodes: 3, ↓nvidia.com/gpu: 24}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools where pool.isStatic {
            guard let spec = pool.object.spec else { continue }
            let others = (spec["limits"]?.entries ?? []).filter { $0.key != "nodes" }.map { ($0.key, $0.keyPlace) }
            for (name, place) in (spec["weight"] == nil ? [] : [("weight", spec.keyPlace("weight"))]) + others {
                findings.add(
                    "\(pool.object.words) is static and cannot have `\(name)`", at: place,
                    label: "rejected by the API server",
                    notes: [.init("`replicas` makes it static", at: spec.keyPlace("replicas"))])
            }
        }
    }
}
