import Groundwork

extension Rule {
    static let autoscalerTotalAsValue = Rule(
        "autoscaler-total-as-value", .scaling, .warning,
        why:
            "with `Value` the autoscaler multiplies the replicas by the ratio: a total, which grows with the replicas, drives them on and on",
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
                type.text == "Value", query.shape.nature == .total,
                use.parts.selectors.contains(where: { $0.content.isOfReplicas })
            else { continue }
            findings.add(
                "\(use.words) is a total, and `ManifestValue` compares it as it is", at: type.place,
                label: "for averages",
                notes: [.init("the total is here", at: use.place(query.extent))],
                help: "`AverageValue` divides it by the replicas")
        }
    }
}
