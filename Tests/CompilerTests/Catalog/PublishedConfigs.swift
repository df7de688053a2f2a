import Testing

/// A published model: its `config.json` in `Configs/`, and what is published or known of its size and its KV cache.
struct PublishedConfig: CustomTestStringConvertible, Sendable {
    let name: String
    /// Billions of parameters as published, with a vision tower and without layers for multi-token prediction.
    let parameters: Double
    /// Bytes of KV cache per token in 16 bits, for the whole context; layers with a sliding window apart.
    let kvBytes: Int
    var windowBytes = 0
    /// Bytes of states per sequence.
    var stateBytes = 0
    /// Where the size is published.
    let source: String

    var testDescription: String { name }
}

/// The keys are from aiconfigurator-core 0.12, `model_configs/`, unless the source says otherwise.
let publishedConfigs: [PublishedConfig] = [
    .init(
        name: "meta-llama/Llama-3.1-8B", parameters: 8.03, kvBytes: 131_072,
        source: "KAITO model_catalog.yaml: 14.96 GiB in 16 bits"),
    .init(
        name: "meta-llama/Llama-4-Maverick-17B-128E-Instruct", parameters: 400, kvBytes: 196_608,
        source: "the model's name on its card: 400B"),
    .init(name: "Qwen/Qwen3-235B-A22B-FP8", parameters: 235, kvBytes: 192_512, source: "its name"),
    .init(name: "Qwen/Qwen3-VL-235B-A22B-Instruct", parameters: 235, kvBytes: 192_512, source: "its name"),
    .init(
        name: "Qwen/Qwen3-Coder-Next", parameters: 79.674, kvBytes: 24576, stateBytes: 36 * 1_097_728,
        source: "the tensors of the repository, and its keys, in a test of the public modelsheet_cli"),
    .init(
        name: "Qwen/Qwen3.5-397B-A17B", parameters: 397, kvBytes: 30720, stateBytes: 45 * 4_268_032, source: "its name"),
    .init(
        name: "Qwen/Qwen3.5-122B-A10B", parameters: 122, kvBytes: 24576, stateBytes: 36 * 4_268_032, source: "its name"),
    .init(name: "deepseek-ai/DeepSeek-V3", parameters: 671, kvBytes: 70272, source: "its report: 671B"),
    .init(name: "deepseek-ai/DeepSeek-V3.2", parameters: 671, kvBytes: 70272 + 61 * 132, source: "that of DeepSeek-V3"),
    .init(
        name: "deepseek-ai/DeepSeek-V4-Flash", parameters: 284, kvBytes: 2 * (21 * 128 + 20 * 4) + 21 * 16,
        windowBytes: 43 * 1024, stateBytes: 21 * (32768 + 8192) + 20 * 524_288, source: "its card: 284B"),
    .init(
        name: "moonshotai/Kimi-K3", parameters: 2800, kvBytes: 24 * 1152, stateBytes: 69 * 6_512_640,
        source: "aiconfigurator-core 0.12, sdk/models/kimi_k3.py: 2.8T"),
    .init(name: "zai-org/GLM-5", parameters: 744, kvBytes: 78 * (1152 + 132), source: "its report: 744B"),
    .init(
        name: "zai-org/GLM-5.2-FP8", parameters: 744, kvBytes: 78 * 1152 + 21 * 132, source: "that of GLM-5"),
    .init(
        name: "zai-org/GLM-4.5-Air", parameters: 106.852, kvBytes: 188_416,
        source: "its logical parameters in the public MegaTrain; its keys: a public log of ms-swift"),
    .init(name: "MiniMaxAI/MiniMax-M2.5", parameters: 229, kvBytes: 253_952, source: "its card: 229B"),
    .init(name: "openai/gpt-oss-120b", parameters: 116.8, kvBytes: 36864, windowBytes: 36864, source: "its card: 117B"),
    .init(name: "mistralai/Mixtral-8x22B-v0.1", parameters: 141, kvBytes: 229_376, source: "its card: 141B"),
    .init(
        name: "mistralai/Mistral-Small-3.1-24B-Instruct-2503", parameters: 24, kvBytes: 163_840,
        source: "its name; its keys: public code that loads its text encoder"),
    .init(
        name: "google/gemma-3-27b-it", parameters: 27.43, kvBytes: 10 * 8192, windowBytes: 52 * 8192,
        source: "KAITO model_catalog.yaml: 51.10 GiB in 16 bits, and most of its keys"),
    .init(
        name: "google/gemma-4-26B-A4B", parameters: 26, kvBytes: 20480, windowBytes: 204_800, source: "its name"),
    .init(
        name: "microsoft/phi-4", parameters: 14.66, kvBytes: 204_800,
        source: "KAITO model_catalog.yaml: 27.31 GiB in 16 bits, and most of its keys"),
    .init(
        name: "nvidia/Nemotron-3-Nano-30B-A3B-BF16", parameters: 31.578, kvBytes: 6144, stateBytes: 23 * 2_134_016,
        source: "KAITO model_catalog.yaml: 58.82 GiB in 16 bits"),
    .init(
        name: "nvidia/Nemotron-3-Super-120B-A12B-FP8", parameters: 120.669, kvBytes: 8192, stateBytes: 40 * 4_255_744,
        source:
            "123,611,012,096 in its tensors less 2,942,324,736 for multi-token prediction: a test of the public modelsheet_cli"
    ),
    .init(
        name: "nvidia/Nemotron-H-56B-Base-8K", parameters: 56, kvBytes: 40960, stateBytes: 54 * 16_900_096,
        source: "its name"),
    .init(
        name: "XiaomiMiMo/MiMo-V2-Flash", parameters: 309, kvBytes: 9 * 2560, windowBytes: 39 * 5120,
        source: "its card: 309B"),
    .init(
        name: "BAAI/bge-m3", parameters: 0.567, kvBytes: 0,
        source: "567M in GGUF; its keys: liuyanyi/bge-m3-hf"),
    .init(
        name: "answerdotai/ModernBERT-base", parameters: 0.149, kvBytes: 0,
        source: "its card: 149M; its keys: public code of ModernBERT"),
    .init(
        name: "Qwen/Qwen3-Embedding-8B", parameters: 7.57, kvBytes: 147_456,
        source: "7.57B in its repository; its keys: public code for AWS Neuron"),
    .init(
        name: "stepfun-ai/Step-3.7-Flash", parameters: 196, kvBytes: 12 * 4096, windowBytes: 33 * 4096,
        source: "its card: 196B"),
]
