extension Rule {
    static let refusedTrigger = Rule(
        "refused-trigger", .scaling,
        why: "KEDA refuses a ScaledObject with two triggers of one name, or with a cached metric where none can be",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                name: load
                useCachedMetrics: true
                metadata:
                  query: up
            """
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - {type: prometheus, name: load, metadata: {query: up}}
              - {type: prometheus, name: ↓load, metadata: {query: up}}
              - {type: cron, ↓useCachedMetrics: true, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "2"}}
            """
        ]
    ) { tree, findings in
        for scaler in tree.objects(.scaledObject) {
            var names: Set<String> = []
            for trigger in scaler.spec?["triggers"]?.items ?? [] {
                if let name = trigger["name"], let text = name.text, !names.insert(text).inserted {
                    findings.add("two triggers of \(scaler.words) are called `\(text)`", at: name.place, label: "taken")
                }
                let type = trigger["type"]?.text ?? ""
                if trigger["useCachedMetrics"]?.boolean == true, ["cron", "cpu", "memory"].contains(type) {
                    findings.add(
                        "a trigger of type `\(type)` of \(scaler.words) is to be cached",
                        at: trigger.keyPlace("useCachedMetrics"), label: "refused for this type")
                }
            }
        }
    }
}
