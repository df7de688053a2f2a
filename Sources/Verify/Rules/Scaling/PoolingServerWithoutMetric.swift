import Diagnostics
import Groundwork

extension Rule {
    static let poolingServerWithoutMetric = Rule(
        "pooling-server-without-metric", .scaling, .warning,
        why:
            "a server of embeddings or scores has no values of some metrics: latencies per token, the KV cache of a model without one, and, with "
            + "Text Embeddings Inference, every metric of vLLM; an autoscaler on them never scales, and an alert never fires",
        accepts: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: embed}
            spec:
              scaleTargetRef: {name: embed}
              triggers:
              - type: prometheus
                metadata: {query: sum(vllm:num_requests_running) + sum(vllm:num_requests_waiting), threshold: "32"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: embed}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: "vllm/vllm-openai:v0.19.0", args: [--model=BAAI/bge-m3]}]
            """,
            """
            # It generates tokens.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: chat}
            spec:
              scaleTargetRef: {name: chat}
              triggers:
              - {type: prometheus, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: chat}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: "vllm/vllm-openai:v0.19.0", args: [--model=Qwen/Qwen3-8B]}]
            """,
            """
            # A model that is not bidirectional has a KV cache while it computes a prompt.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: embed}
            spec:
              scaleTargetRef: {name: embed}
              triggers:
              - {type: prometheus, metadata: {query: avg(vllm:kv_cache_usage_perc), threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: embed}
            spec:
              template:
                spec:
                  containers:
                  - {name: vllm, image: "vllm/vllm-openai:v0.19.0", args: [--model=Qwen/Qwen3-Embedding-8B, --runner=pooling]}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: tei}
            spec:
              scaleTargetRef: {name: tei}
              triggers:
              - {type: prometheus, metadata: {query: sum(te_queue_size), threshold: "8"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: tei}
            spec:
              template:
                spec:
                  containers: [{name: tei, image: "ghcr.io/huggingface/text-embeddings-inference:89-1.9"}]
            ---
            # The latency of another model.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: histogram_quantile(0.95, sum by (le) (rate(vllm:inter_token_latency_seconds_bucket{model_name="chat"}[5m]))) > 0.05
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: embed}
            spec:
              scaleTargetRef: {name: embed}
              triggers:
              - {type: prometheus, metadata: {query: "avg(↓vllm:kv_cache_usage_perc)", threshold: "0.7"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: embed}
            spec:
              template:
                spec:
                  containers: [{name: vllm, image: "vllm/vllm-openai:v0.19.0", args: [--model=BAAI/bge-m3, --runner, pooling]}]
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: embed}
            spec:
              scaleTargetRef: {name: embed}
              triggers:
              - type: prometheus
                metadata:
                  query: histogram_quantile(0.95, sum by (le) (rate(↓vllm:inter_token_latency_seconds_bucket[5m])))
                  threshold: "0.05"
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: embed}
            spec:
              template:
                spec:
                  containers:
                  - {name: vllm, image: "vllm/vllm-openai:v0.9.2", args: [--model, example/own-embedder, --task, embed]}
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: tei}
            spec:
              scaleTargetRef: {name: tei}
              triggers:
              - {type: prometheus, metadata: {query: "sum(↓vllm:num_requests_waiting)", threshold: "8"}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: tei}
            spec:
              template:
                spec:
                  containers: [{name: tei, image: "ghcr.io/huggingface/text-embeddings-inference:89-1.9"}]
            """,
            """
            # An alert on the model by its name, and one on its pods.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: max(↓vllm:gpu_cache_usage_perc{model_name="rerank"}) > 0.9
                - alert: B
                  expr: sum(rate(↓vllm:generation_tokens_total{pod=~"scores-.*"}[5m])) == 0
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: scores}
            spec:
              template:
                spec:
                  containers:
                  - name: vllm
                    image: vllm/vllm-openai:v0.19.0
                    args: [--model=BAAI/bge-reranker-v2-m3, --served-model-name=rerank]
            """,
        ]
    ) { tree, findings in
        let servers = tree.workloads.flatMap { workload in
            workload.pod.containers.compactMap { server in server.pooling.map { (workload, server, $0) } }
        }
        if servers.isEmpty { return }
        for use in tree.queries {
            let target = tree.autoscalers(scaledBy: use)
            for selector in use.parts.selectors {
                guard let metric = selector.content.name,
                    let (workload, server, pooling) = servers.first(where: { workload, server, _ in
                        target.map { $0 == workload.object.reference } ?? selector.content.names(workload, server)
                    }),
                    let reason = pooling.absence(of: metric)
                else { continue }
                findings.add(
                    "\(use.words) uses `\(metric)`, of which \(workload.object.words) has no values: \(reason)",
                    at: use.place(selector.extent), label: "no values",
                    notes: [.init("the server is here", at: (server.value["name"] ?? server.value).place)],
                    help: "use the requests that run and wait, or the latency of whole requests")
            }
        }
    }
}

extension Inventory {
    /// The target of the autoscaler that a query belongs to; nil for a rule of Prometheus.
    fileprivate func autoscalers(scaledBy use: QueryUse) -> ObjectReference? {
        use.trigger == nil ? nil : Autoscaler(use.object)?.target
    }
}

extension Query.Selector {
    /// Tells whether it selects the series of a server, by the name of its model or of its pods.
    fileprivate func names(_ workload: Inventory.Workload, _ server: Inventory.Container) -> Bool {
        if let model = matcher("model_name")?.value {
            return model == (server.option("--served-model-name") ?? server.model)?.text
        }
        return matcher("pod")?.value.hasPrefix("\(workload.object.name)-") ?? false
    }
}
