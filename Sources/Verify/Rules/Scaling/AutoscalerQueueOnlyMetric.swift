import Groundwork

extension Rule {
    static let autoscalerQueueOnlyMetric = Rule(
        "autoscaler-queue-only-metric", .scaling, .warning,
        why:
            "the queue is empty as long as the replicas keep up, so an autoscaler that uses only the queue length removes busy replicas",
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
                  query: sum(vllm:num_requests_waiting) + sum(vllm:num_requests_running)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting)
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_running)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum({__name__=~"vllm:num_requests_(running|waiting)"})
            """,
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
                  query: ↓sum(vllm:num_requests_waiting)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: Value
                metadata:
                  query: ↓avg(vllm:num_requests_waiting{model_name="a"}) or vector(0)
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: b}
            spec:
              scaleTargetRef: {name: b}
              triggers:
              - type: prometheus
                metadata:
                  query: ↓sum(vllm:num_requests_waiting_by_reason{reason="capacity"}) + sum(vllm:num_requests_waiting)
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard use.object.kind == .scaledObject, use.object.spec?["triggers"]?.items?.count == 1,
                let query = use.query, !use.parts.selectors.isEmpty,
                use.parts.selectors.allSatisfy({ $0.content.name?.hasPrefix("vllm:num_requests_waiting") ?? false })
            else { continue }
            findings.add(
                "\(use.words) counts only waiting requests", at: use.place(query.extent),
                label: "0 while all replicas are busy",
                help:
                    "add `vllm:num_requests_running`, and set the threshold to the number of requests that one replica can serve"
            )
        }
    }
}
