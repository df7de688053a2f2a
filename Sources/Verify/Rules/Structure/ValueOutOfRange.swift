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
            """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, maxReplicas: ↓0}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {selector: {app: a}, ports: [{port: ↓80000, targetPort: ↓0}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - name: a
                    image: nginx:1.27
                    ports: [{containerPort: ↓65536}]
                    readinessProbe: {httpGet: {path: /, port: ↓70000}}
            """,
        ]
    ) { tree, findings in
        let longestWindow = Int(Thresholds.longestStabilization.value)
        let longestPeriod = Int(Thresholds.longestPolicyPeriod.value)
        for mistake in tree.fieldMistakes where mistake.kind == .range {
            findings.add(mistake.message, at: mistake.place, label: mistake.label, help: mistake.help)
        }
        tree.forEachBoundedNumber { object, name, value, most in
            guard let number = value.integer, number < 1 || number > most else { return }
            findings.add(
                "`\(name)` of \(object.words) is \(number), but must be at \(number < 1 ? "least 1" : "most \(most)")",
                at: value.place, label: number < 1 ? "too small" : "too large")
        }
        // The schema has no bounds for these fields; the API server's validation does.
        for scaler in tree.autoscalers {
            let spec = scaler.object.spec
            let behavior = spec?["behavior"] ?? spec?["advanced"]?["horizontalPodAutoscalerConfig"]?["behavior"]
            for rules in [behavior?["scaleUp"], behavior?["scaleDown"]].compactMap({ $0 }) {
                let bounded =
                    [(rules, "stabilizationWindowSeconds", 0, longestWindow)]
                    + rules.items(of: "policies").flatMap {
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

extension Inventory {
    /// Visits the numbers that the API server limits without a bound in the schema: ports, and the maximum of an HPA.
    fileprivate func forEachBoundedNumber(_ body: (KubernetesObject, String, ManifestValue, Int) -> Void) {
        func visit(_ object: KubernetesObject, _ name: String, _ value: ManifestValue?, _ most: Int = 65535) {
            if let value { body(object, name, value, most) }
        }
        for workload in workloads {
            for container in workload.pod.containers {
                container.value["ports"]?.forEachItem { visit(workload.object, "containerPort", $0["containerPort"]) }
                for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
                    let asked = container.value[probe]
                    visit(workload.object, "port", (asked?["httpGet"] ?? asked?["tcpSocket"])?["port"])
                }
            }
        }
        for service in services {
            service.spec?["ports"]?.forEachItem { port in
                visit(service, "port", port["port"])
                visit(service, "targetPort", port["targetPort"])
            }
        }
        for scaler in objects(.horizontalPodAutoscaler) {
            visit(scaler, "maxReplicas", scaler.spec?["maxReplicas"], Int(Int32.max))
        }
    }
}
