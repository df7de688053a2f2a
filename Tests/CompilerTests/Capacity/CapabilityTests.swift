import Testing

@testable import Groundwork
@testable import Planning

/// What a replica is said to sustain.
struct CapabilityTests {
    private let origin = Origin.convention("a test")

    private func workload(
        _ model: String, input: Int = 1000, output: Int = 250, hits: Double? = nil, kv: DType = .bf16
    ) throws -> Workload {
        let architecture = try #require(Catalog.model(named: model))
        return Workload(
            architecture: architecture, dtype: Traced(architecture.nativeDType, origin),
            kvDType: Traced(kv, origin), inputTokens: Traced(input, origin), outputTokens: Traced(output, origin),
            prefixHitRate: hits.map { Traced($0, origin) }, context: Traced(8192, origin),
            memoryShare: .parameter(Thresholds.earlierMemoryShare)
        )
    }

    private func solve(
        _ workload: Workload, on gpu: String = "h100", over ranks: Int = 1, first: Double? = nil, tpot: Double? = nil,
        percentile: Double = 0.95
    ) throws -> Capability {
        let targets = LatencyTargets(
            answer: first, tpot: tpot, answerPercentile: percentile,
            tpotPercentile: percentile)
        return try capability(
            of: workload, on: Accelerator(whole: try #require(Catalog.gpu(gpu))), tensorParallel: ranks,
            targets: targets
        ).get()
    }

    @Test("a tighter latency, a higher percentile and a longer prompt each carry less")
    func monotone() throws {
        let llama = try workload("meta-llama/Llama-3.1-8B-Instruct")
        let rate = try solve(llama, first: 0.5, tpot: 0.05).requestsPerSecond
        #expect(try solve(llama, first: 0.4, tpot: 0.05).requestsPerSecond < rate)
        #expect(try solve(llama, first: 0.5, tpot: 0.02).requestsPerSecond < rate)
        #expect(try solve(llama, first: 0.5, tpot: 0.05, percentile: 0.99).requestsPerSecond < rate)
        let longer = try workload("meta-llama/Llama-3.1-8B-Instruct", input: 2000)
        #expect(try solve(longer, first: 0.5, tpot: 0.05).requestsPerSecond < rate)
    }

    @Test("at the rate that it sustains the targets are met, and slightly above it the TTFT target is missed")
    func edge() throws {
        for (model, ranks) in [("meta-llama/Llama-3.1-8B-Instruct", 1), ("openai/gpt-oss-120b", 2)] {
            let found = try solve(try workload(model), over: ranks, first: 0.4, tpot: 0.08)
            #expect(found.bottleneck == .queue)
            #expect(found.answer <= 0.4 && found.answer > 0.3)
            #expect(try #require(found.tpot) <= 0.08)
        }
    }

    @Test("a prefix cache saves computing, and no memory")
    func prefixCache() throws {
        let plain = try solve(try workload("Qwen/Qwen3-32B", input: 4000), over: 2, first: 2, tpot: 0.05)
        let cached = try solve(try workload("Qwen/Qwen3-32B", input: 4000, hits: 0.6), over: 2, first: 2, tpot: 0.05)
        #expect(cached.requestsPerSecond > plain.requestsPerSecond)
        #expect(cached.fit.sequences == plain.fit.sequences)
        #expect(cached.fit.kvBudget == plain.fit.kvBudget)
    }

    @Test("a KV cache in 8 bits holds twice the sequences")
    func smallCache() throws {
        let plain = try solve(try workload("meta-llama/Llama-3.1-8B-Instruct"), on: "l4")
        let small = try solve(try workload("meta-llama/Llama-3.1-8B-Instruct", kv: .fp8), on: "l4")
        #expect(small.fit.sequences == 2 * plain.fit.sequences)
    }

    @Test("the bottleneck is named: memory, bandwidth, compute, kernels or the queue")
    func bottlenecks() throws {
        let llama = "meta-llama/Llama-3.1-8B-Instruct"
        #expect(try solve(try workload(llama, input: 3000, output: 1000), on: "l4").bottleneck == .memory)
        #expect(
            try solve(try workload(llama, input: 100, output: 1000), on: "l40s", tpot: 0.045).bottleneck == .bandwidth)
        #expect(try solve(try workload(llama, input: 6000, output: 100), on: "h200", tpot: 0.05).bottleneck == .compute)
        #expect(try solve(try workload(llama, input: 100, output: 400), over: 8, tpot: 0.0044).bottleneck == .kernels)
        #expect(try solve(try workload(llama), first: 0.3).bottleneck == .queue)
        #expect(try solve(try workload(llama, input: 100, output: 100), on: "h200").bottleneck == .sequenceLimit)
    }

    @Test("a GPU without serving data carries a wider margin")
    func margins() throws {
        let llama = try workload("meta-llama/Llama-3.1-8B-Instruct")
        for id in ["t4", "l4", "a10g"] {
            let gpu = try #require(Catalog.gpu(id))
            #expect(tpotMargin(llama, gpu).value > tpotMargin(llama, try #require(Catalog.gpu("h100"))).value)
            #expect(ttftMargin(llama, gpu).value >= ttftMargin(llama, try #require(Catalog.gpu("h100"))).value)
        }
    }

    @Test("margins differ by kind and by what GPUs were measured, and a workstation's GPU has none of its own")
    func fittedMargins() throws {
        func margins(_ model: String, _ gpu: String) throws -> [Double] {
            let (workload, gpu) = (try workload(model), try #require(Catalog.gpu(gpu)))
            return [tpotMargin(workload, gpu).value, ttftMargin(workload, gpu).value]
        }
        let (dense, moe) = ("Qwen/Qwen3-32B", "openai/gpt-oss-120b")
        for gpu in ["h100", "h200"] {
            #expect(try margins(dense, gpu) == [1.2, 1.85])
            #expect(try margins(moe, gpu) == [1.8, 1.5])
        }
        for gpu in ["b200", "b300"] {
            #expect(try margins(dense, gpu) == [1.2, 1.7])
            #expect(try margins(moe, gpu) == [1.25, 1.35])
        }
        for gpu in ["a100-80gb", "l40s", "rtx-pro-6000"] { #expect(try margins(dense, gpu) == [1.45, 1.85]) }
        #expect(try margins(moe, "a100-40gb") == [2, 2])
    }
}
