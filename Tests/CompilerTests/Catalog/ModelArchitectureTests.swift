import Testing

@testable import Groundwork

@Suite("Model architectures")
struct ModelArchitectureTests {
    @Test("Every row is read, and figures make sense")
    func rows() {
        #expect(Catalog.models.count == 102)
        #expect(Set(Catalog.models.map(\.name)).count == 102)
        for model in Catalog.models {
            #expect(model.activeParameters <= model.parameters, "\(model.name)")
            #expect(model.attentionHeads.isMultiple(of: model.kvHeads), "\(model.name)")
            #expect((model.experts == nil) == (model.activeParameters == model.parameters), "\(model.name)")
            #expect(model.experts.map { $0.parameters < model.parameters } ?? true, "\(model.name)")
            #expect(
                model.slidingWindow.map { $0.layers < model.layers || model.mixedCache != nil } ?? true, "\(model.name)"
            )
            #expect(model.mixedCache.map { $0.layers <= model.layers && $0.elements > 0 } ?? true, "\(model.name)")
            #expect((model.mixedCache?.windowElements ?? 0) == 0 || model.slidingWindow != nil, "\(model.name)")
            #expect(!model.reference.source.isEmpty, "\(model.name)")
        }
    }

    @Test(
        "The KV cache takes the known bytes per token at 16 bits",
        arguments: [
            ("meta-llama/Llama-3.1-8B-Instruct", 131_072), ("meta-llama/Llama-3.3-70B-Instruct", 327_680),
            ("meta-llama/Llama-3.1-405B-Instruct", 516_096), ("Qwen/Qwen3-32B", 262_144),
            ("Qwen/Qwen3-235B-A22B", 192_512), ("Qwen/Qwen2.5-7B-Instruct", 57344), ("google/gemma-3-27b-it", 507_904),
            ("microsoft/phi-4", 204_800), ("deepseek-ai/DeepSeek-V3", 70272), ("moonshotai/Kimi-K2-Instruct", 70272),
            ("openai/gpt-oss-120b", 73728), ("mistralai/Mixtral-8x22B-Instruct-v0.1", 229_376),
        ])
    func cache(name: String, bytes: Int) throws {
        let model = try #require(Catalog.model(named: name))
        #expect(model.cacheElementsPerToken * 2 == bytes)
    }

    @Test("Layers with a sliding window stop growing when it is full")
    func window() throws {
        let model = try #require(Catalog.model(named: "google/gemma-3-27b-it"))
        #expect(model.slidingWindow?.layers == 52)
        #expect(model.cacheElements(tokens: 1024) == model.cacheElementsPerToken * 1024)
        #expect(model.cacheElements(tokens: 16384) == (10 * 16384 + 52 * 1024) * 4096)
    }

    @Test("Half of the layers of gpt-oss and Gemma 2 have a sliding window")
    func alternating() {
        let halves = ["openai/gpt-oss-20b": 12, "openai/gpt-oss-120b": 18, "google/gemma-2-9b-it": 21]
        for (name, layers) in halves { #expect(Catalog.model(named: name)?.slidingWindow?.layers == layers) }
    }

    @Test("What was remembered and not read is said")
    func recalled() {
        #expect(Catalog.model(named: "google/gemma-2-9b-it")?.recalled.contains("not checked") == true)
        #expect(Catalog.model(named: "Qwen/Qwen3-8B")?.recalled == "")
    }

    @Test("Measured weights are kept beside the parameters")
    func measured() {
        #expect(Catalog.model(named: "openai/gpt-oss-120b")?.measuredWeightsGiB == 64.38)
        #expect(Catalog.model(named: "google/gemma-3-4b-it")?.extraMiB == 820)
    }
}
