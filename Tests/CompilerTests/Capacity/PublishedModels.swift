/// What is published of a model's memory, in a table of its own: nothing here comes from the catalog.
struct PublishedModel {
    let name: String
    /// GiB in 16, 8 and 4 bits.
    let weights: (sixteen: Double, eight: Double, four: Double)
    /// Bytes of KV cache in 16 bits for each token while no sliding window is full.
    let kvBytes: Double
    let heads: Int
    let kvHeads: Int
    /// Whether every rank holds the whole cache.
    let isLatent: Bool
    let isWindowed: Bool

    init(
        _ name: String, _ sixteen: Double, _ eight: Double, _ four: Double, kv: Double, heads: Int, kvHeads: Int,
        isLatent: Bool, isWindowed: Bool
    ) {
        self.name = name
        weights = (sixteen, eight, four)
        kvBytes = kv
        self.heads = heads
        self.kvHeads = kvHeads
        self.isLatent = isLatent
        self.isWindowed = isWindowed
    }
}

/// From each model's config.json, by way of aiconfigurator's model_configs, KAITO's model_catalog.yaml and public code.
let publishedModels: [PublishedModel] = [
    .init(
        "meta-llama/Llama-3.1-8B-Instruct", 14.96, 7.48, 3.96, kv: 131072, heads: 32, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "meta-llama/Llama-3.1-70B-Instruct", 131.41, 65.71, 34.82, kv: 327680, heads: 64, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "meta-llama/Llama-3.3-70B-Instruct", 131.41, 65.71, 34.82, kv: 327680, heads: 64, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "meta-llama/Llama-3.1-405B-Instruct", 755.95, 377.98, 200.33, kv: 516096, heads: 128, kvHeads: 8,
        isLatent: false, isWindowed: false),
    .init("Qwen/Qwen3-0.6B", 1.11, 0.56, 0.29, kv: 114688, heads: 16, kvHeads: 8, isLatent: false, isWindowed: false),
    .init("Qwen/Qwen3-8B", 15.26, 7.63, 4.04, kv: 147456, heads: 32, kvHeads: 8, isLatent: false, isWindowed: false),
    .init("Qwen/Qwen3-32B", 61.02, 30.51, 16.17, kv: 262144, heads: 64, kvHeads: 8, isLatent: false, isWindowed: false),
    .init(
        "Qwen/Qwen3-30B-A3B", 56.87, 28.44, 15.07, kv: 98304, heads: 32, kvHeads: 4, isLatent: false, isWindowed: false),
    .init(
        "Qwen/Qwen3-235B-A22B", 437.89, 218.95, 116.04, kv: 192512, heads: 64, kvHeads: 4, isLatent: false,
        isWindowed: false),
    .init(
        "Qwen/Qwen2.5-7B-Instruct", 14.18, 7.09, 3.76, kv: 57344, heads: 28, kvHeads: 4, isLatent: false,
        isWindowed: false),
    .init(
        "Qwen/Qwen2.5-32B-Instruct", 61.03, 30.51, 16.17, kv: 262144, heads: 40, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "Qwen/Qwen2.5-72B-Instruct", 135.42, 67.71, 35.89, kv: 327680, heads: 64, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "mistralai/Mistral-7B-Instruct-v0.3", 13.5, 6.75, 3.58, kv: 131072, heads: 32, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "mistralai/Mistral-Large-Instruct-2407", 228.38, 114.19, 60.52, kv: 360448, heads: 96, kvHeads: 8,
        isLatent: false, isWindowed: false),
    .init(
        "mistralai/Mixtral-8x7B-Instruct-v0.1", 86.99, 43.5, 23.05, kv: 131072, heads: 32, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "mistralai/Mixtral-8x22B-Instruct-v0.1", 261.93, 130.96, 69.41, kv: 229376, heads: 48, kvHeads: 8,
        isLatent: false, isWindowed: false),
    .init(
        "google/gemma-2-9b-it", 17.21, 8.61, 4.56, kv: 344064, heads: 16, kvHeads: 8, isLatent: false, isWindowed: true),
    .init(
        "google/gemma-2-27b-it", 50.71, 25.36, 13.44, kv: 376832, heads: 32, kvHeads: 16, isLatent: false,
        isWindowed: true),
    .init(
        "google/gemma-3-4b-it", 7.23, 3.61, 1.92, kv: 139264, heads: 8, kvHeads: 4, isLatent: false, isWindowed: true),
    .init(
        "google/gemma-3-27b-it", 50.31, 25.15, 13.33, kv: 507904, heads: 32, kvHeads: 16, isLatent: false,
        isWindowed: true),
    .init("microsoft/phi-4", 27.3, 13.65, 7.24, kv: 204800, heads: 40, kvHeads: 10, isLatent: false, isWindowed: false),
    .init(
        "microsoft/Phi-4-mini-instruct", 7.14, 3.57, 1.89, kv: 131072, heads: 24, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "deepseek-ai/DeepSeek-V3", 1249.88, 624.94, 331.22, kv: 70272, heads: 128, kvHeads: 128, isLatent: true,
        isWindowed: false),
    .init(
        "deepseek-ai/DeepSeek-R1", 1249.88, 624.94, 331.22, kv: 70272, heads: 128, kvHeads: 128, isLatent: true,
        isWindowed: false),
    .init(
        "moonshotai/Kimi-K2-Instruct", 1911.83, 955.92, 506.64, kv: 70272, heads: 64, kvHeads: 64, isLatent: true,
        isWindowed: false),
    .init(
        "openai/gpt-oss-20b", 38.94, 19.47, 10.32, kv: 49152, heads: 64, kvHeads: 8, isLatent: false, isWindowed: true),
    .init(
        "openai/gpt-oss-120b", 217.54, 108.77, 57.65, kv: 73728, heads: 64, kvHeads: 8, isLatent: false,
        isWindowed: true),
    .init(
        "MiniMaxAI/MiniMax-M2.5", 425.97, 212.98, 112.88, kv: 253952, heads: 48, kvHeads: 8, isLatent: false,
        isWindowed: false),
    .init(
        "meta-llama/Llama-4-Scout-17B-16E-Instruct", 200.74, 100.37, 53.2, kv: 196608, heads: 40, kvHeads: 8,
        isLatent: false, isWindowed: false),
]
