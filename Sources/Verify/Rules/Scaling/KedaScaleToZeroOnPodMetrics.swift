import Groundwork

extension Rule {
    static let kedaScaleToZeroOnPodMetrics = Rule(
        "keda-scale-to-zero-on-pod-metrics", .scaling,
        why:
            "the metrics of the scaled pods do not exist at zero replicas, so the autoscaler never detects new requests and stays at zero",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 0
              triggers:
              - type: prometheus
                metadata:
                  query: sum(rate(gateway_requests_total[2m]))
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
              - type: cron
                metadata: {timezone: UTC, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "1"}
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: ↓0
              triggers:
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_waiting)
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: ↓a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: avg(DCGM_FI_DEV_GPU_UTIL{pod=~"a-.*"})
              - type: prometheus
                metadata:
                  query: sum(vllm:num_requests_running) or vector(0)
            """,
            """
            # At idle it goes to zero, whatever the minimum.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              minReplicaCount: 1
              idleReplicaCount: ↓0
              triggers:
              - {type: prometheus, metadata: {query: 'sum(vllm:num_requests_running{namespace="a",pod=~"a-.*"})', threshold: "8"}}
            """,
        ]
    ) { tree, findings in
        for scaler in tree.autoscalers where scaler.object.kind == .scaledObject {
            let idle = scaler.object.spec?["idleReplicaCount"].flatMap { $0.integer == 0 ? $0 : nil }
            guard scaler.minimum == 0 || idle != nil else { continue }
            let triggers = scaler.object.spec?["triggers"]?.items ?? []
            let uses = tree.queries(of: scaler.object)
            guard !uses.isEmpty, triggers.allSatisfy({ $0["type"]?.text == "prometheus" }) else { continue }
            let selectors = uses.flatMap(\.parts.selectors)
            guard uses.count == triggers.count, !selectors.isEmpty, selectors.allSatisfy({ $0.content.isOfReplicas })
            else { continue }
            findings.add(
                "\(scaler.object.words) scales to zero, but its metrics come only from the pods that it scales",
                at: (idle ?? scaler.least)?.place ?? scaler.object.place,
                label: idle ?? scaler.least == nil ? "the minimum is 0 by default" : "stays at zero",
                help: "add a trigger on requests counted by a gateway or router, or keep one replica")
        }
    }
}
