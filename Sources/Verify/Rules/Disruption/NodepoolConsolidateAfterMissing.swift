import Groundwork

extension Rule {
    static let nodepoolConsolidateAfterMissing = Rule(
        "nodepool-consolidate-after-missing", .disruption,
        why:
            "the API server rejects a NodePool that has `disruption` without `consolidateAfter`",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {disruption: {consolidateAfter: 10m}}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: b}
            spec: {weight: 10}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: Never, budgets: [{nodes: "1"}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {disruption: {consolidationPolicy: WhenEmpty}}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: karpenter.sh/v1
                kind: NodePool
                metadata: {name: a}
                spec: {disruption: {consolidateAfter: 15m}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec: {↓disruption: {consolidationPolicy: WhenEmpty}}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              ↓disruption:
                budgets: [{nodes: 10%}]
              template:
                # One level too deep.
                spec: {consolidateAfter: 15m}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              replicas: 2
              ↓disruption: {}
            """,
        ]
    ) { tree, findings in
        for pool in tree.pools {
            guard let spec = pool.object.spec, let disruption = spec["disruption"],
                disruption["consolidateAfter"] == nil
            else { continue }
            findings.add(
                "\(pool.object.words) has `disruption` but no `consolidateAfter`",
                at: spec.keyPlace("disruption"),
                label: "`consolidateAfter` is required here",
                help: "set `consolidateAfter`; `0s` is the default of a NodePool without `disruption`")
        }
    }
}
