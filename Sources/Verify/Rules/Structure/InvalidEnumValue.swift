extension Rule {
    static let invalidEnumValue = Rule(
        "invalid-enum-value", .structure,
        why: "the API server rejects a value that is not among the allowed values of its field",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, consolidationPolicy: WhenEmptyOrUnderutilized}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              restartPolicy: OnFailure
              dnsPolicy: ClusterFirstWithHostNet
              tolerations:
              - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
              - {key: example.com/age, operator: Lt, value: "10", effect: NoExecute}
              containers: [{name: a, image: a, imagePullPolicy: IfNotPresent}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {type: LoadBalancer, sessionAffinity: ClientIP, ports: [{port: 80, protocol: TCP, appProtocol: h2c}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            spec: {type: ClusterIP, clusterIP: None, externalTrafficPolicy: "", ports: [{port: 80, appProtocol: http}]}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption:
                consolidateAfter: Never
                consolidationPolicy: WhenEmpty
                budgets: [{nodes: "0", reasons: [Drifted, Underutilized]}]
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            ---
            apiVersion: karpenter.sh/v1beta1
            kind: NodePool
            metadata: {name: b}
            spec: {disruption: {consolidationPolicy: WhenUnderutilized}}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, consolidationPolicy: ↓WhenUnderutilized}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              restartPolicy: ↓always
              tolerations: [{key: nvidia.com/gpu, operator: ↓Exist, effect: ↓NoScheduled}]
              containers:
              - {name: a, image: a, imagePullPolicy: ↓ifNotPresent, ports: [{containerPort: 80, protocol: ↓tcp}]}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {type: ↓Headless, ports: [{port: 80}]}
            ---
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              disruption: {consolidateAfter: 5m, budgets: [{nodes: "1", reasons: [↓Expired]}]}
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
        ]
    ) { tree, findings in
        for mistake in tree.fieldMistakes where mistake.kind == .word {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help, fix: mistake.fix)
        }
    }
}
