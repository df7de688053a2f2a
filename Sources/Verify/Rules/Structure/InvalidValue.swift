extension Rule {
    static let invalidValue = Rule(
        "invalid-value", .structure,
        why: "the API server rejects a value that does not match the pattern of its field",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 24h}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              limits: {cpu: 1k, memory: 1.5Ti, nvidia.com/gpu: "8"}
              disruption:
                consolidateAfter: Never
                budgets: [{nodes: 100%}, {nodes: "0", schedule: 0 9 * * mon-fri, duration: 8h30m}]
              template:
                spec:
                  expireAfter: 720h
                  terminationGracePeriod: 1h30m
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                image: a
                resources:
                  limits: {cpu: 0.5, memory: 16G, ephemeral-storage: 1e9, nvidia.com/gpu: 1}
                  requests: {cpu: 500m, memory: 0.5Gi, ephemeral-storage: "${STORAGE}"}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - {name: a, interval: 1m30s, rules: [{alert: A, expr: a, for: 1d12h}, {alert: B, expr: b, for: 0s}]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: ↓1d}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - {name: a, image: a, resources: {limits: {cpu: ↓500 m, memory: ↓16GB, nvidia.com/gpu: ↓one}}}
              volumes: [{name: shm, emptyDir: {medium: Memory, sizeLimit: ↓8gb}}]
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, interval: ↓30sec, rules: [{alert: A, expr: up == 0, for: ↓5min}]}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: 5m
                budgets: [{nodes: ↓110%}, {nodes: "0", schedule: "@daily", duration: ↓90s}]
              template:
                spec:
                  expireAfter: ↓30d
                  nodeClassRef: {group: ↓karpenter.k8s.aws/v1, kind: EC2NodeClass, name: a}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .format {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
    }
}
