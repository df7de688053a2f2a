import Groundwork

extension Inventory {
    /// What a server that generates no tokens does with its input, as its manifest says.
    enum Pooling: Sendable {
        /// vLLM as a pooling model.
        case vllm(hasCache: Bool)
        /// Text Embeddings Inference, whose metrics have other names.
        case textEmbeddings

        /// Why a server has no values of a metric; nil if it may have some.
        func absence(of metric: String) -> String? {
            guard metric.hasPrefix("vllm:") else { return nil }
            switch self {
            case .textEmbeddings: return "its metrics begin with `te_`"
            case .vllm(let hasCache):
                let perToken = ["inter_token_latency", "time_per_output_token", "request_time_per_output_token"]
                if perToken.contains(where: { metric.dropFirst(5).hasPrefix($0) }) { return "it generates no tokens" }
                if metric == "vllm:generation_tokens_total" { return "it generates no tokens" }
                let isOfCache = metric == "vllm:kv_cache_usage_perc" || metric == "vllm:gpu_cache_usage_perc"
                return isOfCache && !hasCache ? "its model has no KV cache" : nil
            }
        }
    }
}

extension Inventory.Container {
    /// How it pools its input; nil if it generates tokens, or serves no model.
    var pooling: Inventory.Pooling? {
        if value["image"]?.text?.mentions("text-embeddings-inference") == true { return .textEmbeddings }
        guard isServer else { return nil }
        let architecture = model.flatMap { Catalog.published($0.text) }
        let tasks: Set = ["embed", "embedding", "classify", "score", "reward"]
        let isAsked =
            option("--runner")?.text == "pooling" || option("--task").map { tasks.contains($0.text) } == true
            || option("--convert").map { $0.text != "none" && $0.text != "auto" } == true
        let isPublished = architecture.map { !$0.task.generates } ?? false
        guard isAsked || isPublished, option("--runner")?.text != "generate" else { return nil }
        return .vllm(hasCache: !(architecture?.traits.contains(.bidirectional) ?? false))
    }
}
