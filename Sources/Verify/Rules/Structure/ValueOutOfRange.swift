import Groundwork

extension Rule {
    static let valueOutOfRange = Rule(
        "value-out-of-range", .structure,
        why: "the API server rejects a number outside the range of its field",
        accepts: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              weight: 10
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              weight: 100
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
                  requirements: [{key: karpenter.k8s.aws/instance-family, operator: Exists, minValues: 50}]
            ---
            apiVersion: karpenter.sh/v1alpha1
            kind: NodeOverlay
            metadata: {name: a}
            spec: {weight: 10000, requirements: [{key: karpenter.sh/nodepool, operator: In, values: [a]}]}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              behavior:
                scaleUp: {stabilizationWindowSeconds: 0, policies: [{type: Percent, value: 900, periodSeconds: 1}]}
                scaleDown: {stabilizationWindowSeconds: 3600, policies: [{type: Pods, value: 1, periodSeconds: 1800}]}
            """,
        ],
        rejects: [
            """
            apiVersion: karpenter.sh/v1
            kind: NodePool
            metadata: {name: a}
            spec:
              weight: ↓0
              template:
                spec:
                  nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: a}
            """,
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}
              maxReplicas: 4
              behavior: {scaleDown: {stabilizationWindowSeconds: ↓7200, policies: [{type: Pods, value: 1, periodSeconds: ↓3600}]}}
            """,
        ]
    ) { tree, findings in
        let longestWindow = Int(Thresholds.longestStabilization.value)
        let longestPeriod = Int(Thresholds.longestPolicyPeriod.value)
        for mistake in tree.fieldMistakes where mistake.kind == .range {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
        // The schema has no bounds for these fields; the API server's validation does.
        for scaler in tree.autoscalers {
            let spec = scaler.object.spec
            let behavior = spec?["behavior"] ?? spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["behavior"]
            for rules in [behavior?["scaleUp"], behavior?["scaleDown"]].compactMap({ $0 }) {
                let bounded =
                    [(rules, "stabilizationWindowSeconds", 0, longestWindow)]
                    + (rules["policies"]?.items ?? []).flatMap {
                        [($0, "periodSeconds", 1, longestPeriod), ($0, "value", 1, Int(Int32.max))]
                    }
                for (owner, key, least, most) in bounded {
                    guard let value = owner[key], let number = value.integer, number < least || number > most else {
                        continue
                    }
                    findings.add(
                        "`\(key)` of \(scaler.object.words) is \(number), but must be at "
                            + "\(number < least ? "least \(least)" : "most \(most)")",
                        at: value.place, label: number < least ? "too small" : "too large")
                }
            }
        }
    }
}
