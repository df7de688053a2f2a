import Groundwork

extension Rule {
    static let dcgmPreallocatedMemory = Rule(
        "dcgm-preallocated-memory", .monitoring, .warning,
        why:
            "vLLM allocates its share of GPU memory when it starts and keeps it, so an alert on used memory always fires",
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
                  expr: avg(vllm:kv_cache_usage_perc) > 0.95
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm}]
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
                  expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 0.8
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/tritonserver:25.08-py3"}]
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
                  expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 0.96
                - alert: B
                  expr: DCGM_FI_DEV_FB_FREE < 500
                - record: gpu:memory:ratio
                  expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm}]
            """,
            """
            # Little memory in use means that no server runs.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: Idle, expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) < 0.05}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {template: {spec: {containers: [{name: a, image: "vllm/vllm-openai:v0.19.0"}]}}}
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
                  expr: (↓DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)) > 0.8
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: vllm}]
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
                  expr: max by (pod) (↓DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)) >= 0.95
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, command: [python3, -m, vllm.entrypoints.openai.api_server]}]
            """,
        ]
    ) { tree, findings in
        guard let server = tree.workloads.first(where: { !$0.servers.isEmpty }) else { return }
        for use in tree.queries where use.alert != nil {
            guard let query = use.query,
                let first = use.parts.selectors.first(where: { $0.content.name == MetricName.framebufferUsed.rawValue }
                ),
                case .binary(let binary) = query.content,
                [.above, .atLeast].contains(binary.operation), let bound = binary.right.constant,
                bound <= Thresholds.preallocatedShare.value
            else { continue }
            findings.add(
                "\(use.words) alerts on memory that vLLM allocates at startup", at: use.place(first.extent),
                label: "high whenever a model runs, at any load",
                notes: [server.object.note("\(server.object.words) runs vLLM")],
                help: "alert on `vllm:kv_cache_usage_perc` or preemptions to detect a shortage of memory")
        }
    }
}
