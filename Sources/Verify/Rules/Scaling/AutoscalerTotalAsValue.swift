import Groundwork

extension Rule {
    static let autoscalerTotalAsValue = Rule(
        "autoscaler-total-as-value", .scaling, .warning,
        why:
            "with `Value`, the HPA multiplies the replicas by the ratio of metric to target: a total grows with the replicas, so the HPA scales out again and again",
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
                metricType: Value
                metadata:
                  query: sum(vllm:num_requests_running) / count(vllm:num_requests_running)
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
                  query: max(job_oldest_age_seconds)
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
                metricType: ↓Value
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
                  metricType: ↓Value
                  query: sum(vllm:num_requests_running)
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard let trigger = use.trigger, let query = use.query, let type = trigger.writtenMetricType,
                type.text == "Value", query.result.nature == .total,
                use.parts.selectors.contains(where: { $0.content.isOfReplicas })
            else { continue }
            findings.add(
                "\(use.words) is a total, but `metricType: Value` does not divide it by the number of replicas",
                at: type.place,
                label: "only for averages",
                notes: [.init("the total is here", at: use.place(query.extent))],
                help: "use `AverageValue`, which divides the total by the number of replicas")
        }
    }
}
