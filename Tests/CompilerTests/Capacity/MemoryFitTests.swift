import Testing

@testable import Groundwork
@testable import Planning

/// What lies in GPU memory, beside published figures.
struct MemoryFitTests {
    private static let ranks = [1, 2, 4, 8]
    private let origin = Origin.convention("a test")

    private func workload(_ model: String, _ dtype: DType, context: Int) throws -> Workload {
        Workload(
            architecture: try #require(Catalog.model(named: model)),
            dtype: Traced(dtype, origin), kvDType: Traced(.bf16, origin), inputTokens: Traced(1000, origin),
            outputTokens: Traced(200, origin), prefixHitRate: nil, context: Traced(context, origin),
            memoryShare: .parameter(Thresholds.earlierMemoryShare))
    }

    @Test("every model of the catalog has the published weights and KV cache", arguments: publishedModels.map(\.name))
    func sizes(name: String) throws {
        let published = try #require(publishedModels.first { $0.name == name })
        let architecture = try #require(Catalog.model(named: name))
        let formats: [(DType, Double)] = [
            (.bf16, published.weights.sixteen), (.fp8, published.weights.eight), (.int4, published.weights.four),
            (.mxfp4, published.weights.four),
        ]
        for (dtype, gibibytes) in formats {
            let weights: Double = try workload(name, dtype, context: 4096).weights()
            if dtype == architecture.nativeDType, let measured = architecture.measuredWeightsGiB {
                #expect(weights == measured)
            } else {
                let beside = Double(architecture.extraMiB) / 1024
                #expect(abs(weights - beside - gibibytes) <= 0.005 * gibibytes + 0.01, "\(dtype.rawValue)")
            }
        }
        let cache = try workload(name, architecture.nativeDType, context: 64).kvCache(tokens: 64.0)
        #expect(abs(cache * gibibyte - 64 * published.kvBytes) < 1)
    }

    @Test("the catalog has exactly the published models")
    func models() { #expect(Set(Catalog.models.map(\.name)) == Set(publishedModels.map(\.name))) }

    @Test(
        "every model on every GPU over 1, 2, 4 and 8 ranks holds what the published figures say",
        arguments: publishedModels.map(\.name))
    func table(name: String) throws {
        let published = try #require(publishedModels.first { $0.name == name })
        let architecture = try #require(Catalog.model(named: name))
        var held = 0
        for gpu in Catalog.gpus {
            for dtype in DType.allCases where gpu.supports(dtype) {
                for ranks in Self.ranks {
                    for context in [1200, 8192, 65_536] where context <= architecture.maxContext {
                        let workload = try workload(name, dtype, context: context)
                        let found = capability(
                            of: workload, on: Accelerator(whole: gpu), tensorParallel: ranks, targets: .none)
                        let room = published.room(
                            context: context, weights: weights(published, dtype, architecture), gpu, ranks)
                        let isFound = (try? found.get()) != nil
                        // Published sizes are rounded. A sliding window only saves: with it, the published figure is an upper bound.
                        if abs(room) > 0.3, published.isWindowed ? room > 0 && !isFound : (room > 0) != isFound {
                            Issue.record(
                                "\(gpu.id) over \(ranks) in \(dtype.rawValue), \(context) tokens: holds \(isFound)")
                        }
                        if isFound { held += 1 }
                    }
                }
            }
        }
        #expect(held > 0, "some GPU holds it")
    }

    private func weights(_ published: PublishedModel, _ dtype: DType, _ architecture: ModelArchitecture) -> Double {
        if dtype == architecture.nativeDType, let measured = architecture.measuredWeightsGiB { return measured }
        let counted =
            switch dtype {
            case .bf16, .fp16: published.weights.sixteen
            case .fp8: published.weights.eight
            case .int4, .mxfp4: published.weights.four
            }
        return counted + Double(architecture.extraMiB) / 1024
    }

    @Test("what vLLM was measured with, it is said to hold", arguments: measuredFits)
    func ran(model: String, dtype: DType, gpu: String, ranks: Int, tokens: Int) throws {
        let accelerator = Accelerator(whole: try #require(Catalog.gpu(gpu)))
        let workload = try workload(model, dtype, context: tokens)
        #expect(MemoryFit(workload, on: accelerator, ranks: Double(ranks)).kvBudget > 0)
        #expect((try? capability(of: workload, on: accelerator, tensorParallel: ranks, targets: .none).get()) != nil)
    }

    @Test("what is larger than the memory of a node, it is not said to hold")
    func neverRan() throws {
        for (model, dtype, gpu) in [
            ("deepseek-ai/DeepSeek-R1", DType.fp8, "h100"), ("meta-llama/Llama-3.1-405B-Instruct", .bf16, "h100"),
            ("moonshotai/Kimi-K2-Instruct", .fp8, "h100"), ("meta-llama/Llama-3.1-405B-Instruct", .fp8, "a100-40gb"),
        ] {
            let accelerator = Accelerator(whole: try #require(Catalog.gpu(gpu)))
            let workload = try workload(model, dtype, context: 2048)
            #expect(MemoryFit(workload, on: accelerator, ranks: 8.0).kvBudget < 0)
        }
    }
}

extension PublishedModel {
    /// Room beside weights, vLLM's overheads and one sequence of a length, GiB: sizing in a few lines, from published figures.
    fileprivate func room(context: Int, weights: Double, _ gpu: GPU, _ ranks: Int) -> Double {
        guard heads % ranks == 0, isLatent || kvHeads % ranks == 0 || ranks % kvHeads == 0 else { return -.infinity }
        let mine = weights / Double(ranks)
        let room = 0.90 * Double(gpu.usableMiB) / 1024 - 1.02 * mine - 2.3 - 0.05 * mine
        let copies = isLatent ? 1 : Double(min(ranks, kvHeads))
        return copies * room - kvBytes * Double(max(context, 1200)) / 1_073_741_824
    }
}

extension LatencyTargets {
    fileprivate static let none = LatencyTargets(
        firstToken: nil, perOutputToken: nil, firstTokenPercentile: 0.95, perOutputTokenPercentile: 0.95)
}

/// Model, number format, GPU, ranks, and tokens of the longest sequence with which vLLM ran: aiconfigurator's silicon_sample.csv
/// and KAITO's benchmarks.
private let measuredFits: [(model: String, dtype: DType, gpu: String, ranks: Int, tokens: Int)] = [
    ("Qwen/Qwen3-235B-A22B", .fp8, "h200", 2, 10000),
    ("Qwen/Qwen3-235B-A22B", .fp8, "h200", 4, 9000),
    ("Qwen/Qwen3-32B", .bf16, "h100", 2, 4608),
    ("Qwen/Qwen3-32B", .bf16, "h100", 4, 4224),
    ("Qwen/Qwen3-32B", .bf16, "h100", 8, 5120),
    ("Qwen/Qwen3-32B", .fp8, "h100", 1, 5000),
    ("Qwen/Qwen3-32B", .fp8, "h100", 2, 5000),
    ("Qwen/Qwen3-32B", .fp8, "h100", 8, 5000),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "b200", 1, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "b200", 2, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "b200", 4, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "b200", 8, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h100", 2, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h100", 4, 2048),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h100", 8, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h200", 2, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h200", 4, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .fp8, "h200", 8, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .mxfp4, "b200", 1, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .mxfp4, "b200", 2, 2048),
    ("meta-llama/Llama-3.1-70B-Instruct", .mxfp4, "b200", 4, 9216),
    ("meta-llama/Llama-3.1-70B-Instruct", .mxfp4, "b200", 8, 9216),
    ("meta-llama/Llama-3.1-8B-Instruct", .fp8, "h200", 1, 10000),
    ("meta-llama/Llama-3.1-8B-Instruct", .fp8, "h200", 2, 9000),
    ("meta-llama/Llama-3.1-8B-Instruct", .fp8, "h200", 4, 8500),
    ("meta-llama/Llama-3.1-8B-Instruct", .fp8, "h200", 8, 4100),
    ("microsoft/Phi-4-mini-instruct", .bf16, "a100-80gb", 1, 400),
    ("openai/gpt-oss-120b", .mxfp4, "b200", 1, 9216),
    ("openai/gpt-oss-120b", .mxfp4, "b200", 2, 9216),
    ("openai/gpt-oss-120b", .mxfp4, "b200", 4, 9216),
    ("openai/gpt-oss-120b", .mxfp4, "b200", 8, 9216),
    ("openai/gpt-oss-120b", .mxfp4, "h200", 2, 9216),
    ("openai/gpt-oss-120b", .mxfp4, "h200", 4, 2048),
]
