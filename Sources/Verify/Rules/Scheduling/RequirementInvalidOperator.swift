import Groundwork

extension Rule {
    static let requirementInvalidOperator = Rule(
        "requirement-invalid-operator", .scheduling,
        why:
            "the API server rejects an operator that does not exist or does not fit its values: `In` takes a "
            + "list of values, `Exists` none, and `Gt` one integer",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchExpressions: [{key: app, operator: In, values: [a]}]}
              template:
                metadata: {labels: {app: a}}
                spec:
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions:
                          - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gt, values: ["40000"]}
                          - {key: karpenter.sh/capacity-type, operator: NotIn, values: [spot]}
                          - {key: nvidia.com/gpu.present, operator: Exists}
                  tolerations: [{key: nvidia.com/gpu, operator: Exists}, {key: pool, value: a}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}, matchExpressions: [{key: canary, operator: DoesNotExist, values: []}]}
              template:
                metadata: {labels: {app: a}}
                spec:
                  affinity:
                    nodeAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        nodeSelectorTerms:
                        - matchExpressions: [{key: example.com/offset, operator: Lt, values: ["-1"]}]
                          matchFields: [{key: metadata.name, operator: In, values: [node-a]}]
                  # Without a key every taint is meant; an empty value is none.
                  tolerations: [{operator: Exists}, {key: nvidia.com/gpu, operator: Exists, value: ""}, {key: pool}]
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-count, operator: Gte, values: ["0"]}
                  - {key: karpenter.k8s.aws/instance-family, operator: NotIn, values: []}
                  - {key: karpenter.k8s.aws/instance-gpu-name, operator: Exists}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchExpressions: [{key: app, operator: Exists, values: ↓[a]}]}
              template:
                metadata: {labels: {app: a}}
                spec:
                  affinity:
                    nodeAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                      - weight: 1
                        preference:
                          matchExpressions:
                          - {key: a, operator: ↓Equals, values: [a]}
                          - {key: b, operator: ↓In}
                          - {key: c, operator: Exists, values: ↓["true"]}
                          - {key: d, operator: Gt, values: [↓40Gi]}
                          - {key: e, operator: Lt, values: ↓["1", "2"]}
                  tolerations:
                  - {key: nvidia.com/gpu, operator: Exists, value: ↓present}
                  - {↓value: a}
                  containers: [{name: a}]
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              template:
                spec:
                  requirements:
                  - {key: karpenter.k8s.aws/instance-gpu-memory, operator: Gte, values: [↓"-1"]}
                  - {key: karpenter.k8s.aws/instance-family, operator: In, values: ↓[]}
            """,
            """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: a}
            spec:
              maxUnavailable: 1
              selector: {matchExpressions: [{key: app, operator: NotIn, values: ↓[]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              affinity:
                podAntiAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - topologyKey: kubernetes.io/hostname
                    labelSelector: {matchExpressions: [{key: app, operator: ↓In}]}
              containers: [{name: a}]
            """,
        ]
    ) { tree, findings in
        func check(_ demands: [ManifestValue]?, _ kind: Inventory.DemandPlace, _ words: @autoclosure () -> String) {
            for demand in demands ?? [] {
                if let mismatch = demand.mismatch(kind, in: words()) { findings.add(mismatch) }
            }
        }
        func check(_ selector: ManifestValue?, _ words: @autoclosure () -> String) {
            check(selector?["matchExpressions"]?.items, .labelSelector, words())
        }
        for workload in tree.workloads {
            let (pod, words) = (workload.pod.spec, workload.object.words)
            if workload.selector != nil { check(workload.object.spec?["selector"], "the selector of \(words)") }
            check(pod.nodeDemands.filter { !$0.isOfKarpenter }, .nodeAffinity, "the node affinity of \(words)")
            for selector in pod.podSelectors { check(selector, "a selector of \(words)") }
            for toleration in pod.items(of: "tolerations") {
                if let mismatch = toleration.tolerationMismatch(in: "a toleration of \(words)") {
                    findings.add(mismatch)
                }
            }
        }
        for pool in tree.pools { check(pool.written, .nodePool, "a requirement of \(pool.words)") }
        for overlay in tree.overlays {
            check(overlay.object.spec?["requirements"]?.items, .nodePool, "a requirement of \(overlay.object.words)")
        }
        for kind: ObjectKind in [.podDisruptionBudget, .serviceMonitor, .podMonitor] {
            for object in tree.objects(kind) { check(object.spec?["selector"], "the selector of \(object.words)") }
        }
        for policy in tree.objects(.networkPolicy) {
            let rules = policy.spec?.items(of: "ingress", "egress") ?? []
            let peers = rules.flatMap { $0.items(of: "from", "to") }
            let selectors = peers.flatMap { [$0["podSelector"], $0["namespaceSelector"]] }
            for selector in [policy.spec?["podSelector"]] + selectors {
                check(selector, "a selector of \(policy.words)")
            }
        }
    }
}

extension ManifestValue {
    /// Whether `affinity-karpenter-only-operator` reports it.
    fileprivate var isOfKarpenter: Bool { ["Gte", "Lte"].contains(self["operator"]?.text ?? "") }
}

extension Findings {
    fileprivate mutating func add(_ mismatch: Inventory.OperatorMismatch) {
        add(mismatch.message, at: mismatch.place, label: mismatch.label, help: mismatch.help)
    }
}
