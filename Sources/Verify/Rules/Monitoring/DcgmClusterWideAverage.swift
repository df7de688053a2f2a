import Groundwork

extension Rule {
    static let dcgmClusterWideAverage = Rule(
        "dcgm-cluster-wide-average", .monitoring, .warning,
        why: "an average over all GPUs in the cluster hides a saturated GPU behind idle ones",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg by (namespace, pod) (DCGM_FI_DEV_GPU_UTIL{pod!=""}) > 95
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{namespace="ai"}) > 95
                - alert: B
                  expr: max(DCGM_FI_DEV_GPU_TEMP) > 85
                - record: gpu:utilization:avg
                  expr: avg(DCGM_FI_DEV_GPU_UTIL)
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: avg without (gpu, UUID) (DCGM_FI_DEV_GPU_UTIL) > 95
                - alert: B
                  expr: avg(DCGM_FI_DEV_GPU_UTIL{exported_pod=~"a-.*"}) > 95
            """,
            """
            # The GPUs of one host, or of one model.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: 'avg(DCGM_FI_DEV_GPU_UTIL{Hostname="a"}) > 90'}
                - {alert: B, expr: 'avg(DCGM_FI_DEV_GPU_UTIL{modelName=~"NVIDIA H100.*"}) > 90'}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓avg(DCGM_FI_DEV_GPU_UTIL) > 90
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: (100 - ↓avg(DCGM_FI_DEV_GPU_UTIL{gpu="0"})) < 10
                - alert: B
                  expr: ↓avg(DCGM_FI_PROF_GR_ENGINE_ACTIVE) < 0.2 and sum(vllm:num_requests_running) > 0
            """,
        ]
    ) { tree, findings in
        for use in tree.queries where use.alert != nil {
            for part in use.parts.aggregations {
                let aggregation = part.content
                guard aggregation.operation == "avg",
                    aggregation.kept == nil, aggregation.dropped == nil,
                    case .selector(let selector) = aggregation.operand.content,
                    selector.metric?.source == .dcgmExporter,
                    // Those of one host, one kind of GPU or one GPU are meant.
                    selector.matchers.allSatisfy({ !narrowing.contains($0.label) })
                else { continue }
                findings.add(
                    "\(use.words) averages over all GPUs in the cluster", at: use.place(part.extent),
                    label: "one value for all models, including idle GPUs",
                    help: "average for each pod: `avg by (namespace, pod) (…{pod!=\"\"})`")
            }
        }
    }
}

/// The labels of one host, one kind of GPU, one GPU or one pod.
private let narrowing: Set = [
    "pod", "namespace", "container", "exported_pod", "exported_namespace", "exported_container", "Hostname", "hostname",
    "instance", "node", "kubernetes_node", "UUID", "modelName",
]
