import Groundwork

extension Rule {
    static let looseSelector = Rule(
        "loose-selector", .scaling, .warning,
        why: "without its namespace a selector also takes the series of others that are called alike",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting{namespace="a", pod=~"b-.*"})
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
              - type: prometheus
                metadata:
                  query: sum(↓vllm:num_requests_waiting{pod=~"b-.*"})
            """
        ]
    ) { tree, findings in
        for use in tree.queries where use.trigger != nil {
            for part in use.parts.selectors where part.content.isOfReplicas {
                let names = part.content.matchers.map(\.label)
                guard !names.contains("namespace"), !names.contains("exported_namespace"),
                    names.contains("pod") || names.contains("exported_pod")
                else { continue }
                findings.add(
                    "\(use.words) reads pods of every namespace", at: use.place(part.extent), label: "no `namespace`")
            }
        }
    }
}
