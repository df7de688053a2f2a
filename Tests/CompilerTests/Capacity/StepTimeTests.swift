import Testing

@testable import Groundwork
@testable import Planning

/// How long steps and prefills take, with simple constants.
struct StepTimeTests {
    private let origin = Origin.convention("a test")
    /// No cost but that of reading at the full bandwidth.
    private let reading = StepConstants(
        bandwidthEfficiency: 1, cacheEfficiency: .infinity, computeEfficiency: .infinity, layerTime: 0,
        allReduceLatency: 0, exchangeSpeed: .infinity, startTime: 0, chunkTime: 0)

    private func time(
        _ model: String, _ dtype: DType, on gpu: String = "h100", over ranks: Double = 1, input: Int = 1000,
        hits: Double? = nil, _ constants: StepConstants<Double>
    ) throws -> StepTime<Double> {
        let workload = Workload(
            architecture: try #require(Catalog.model(named: model)), dtype: Traced(dtype, origin),
            kvDType: Traced(.bf16, origin), inputTokens: Traced(input, origin), outputTokens: Traced(250, origin),
            prefixHitRate: hits.map { Traced($0, origin) }, context: Traced(16_384, origin),
            memoryShare: .parameter(Thresholds.earlierMemoryShare))
        return StepTime(
            workload, on: Accelerator(whole: try #require(Catalog.gpu(gpu))), ranks: ranks, constants: constants)
    }

    @Test("a step reads the experts that its sequences wake, in 8 bits too")
    func experts() throws {
        // MiniMax-M2.5: 4,009,288,192 parameters besides 224,680,476,672 of experts, 8 of 256 for each token; of the former 1,229,193,216 take
        // two bytes, being the embedding and the output head. The H200 reads 4,800 GB/s.
        let (shared, experts, bandwidth) = (4_009_288_192.0 + 1_229_193_216, 224_680_476_672.0, 2 * 4.8e12)
        let time = try time("MiniMaxAI/MiniMax-M2.5", .fp8, on: "h200", over: 2, reading)
        #expect(isNear(time.bandwidth(1), (shared + experts / 32) / bandwidth))
        #expect(isNear(time.bandwidth(2), (shared + experts * (1 - (31.0 / 32) * (31.0 / 32))) / bandwidth))
        #expect(isNear(time.bandwidth(10_000), (shared + experts) / bandwidth))
    }

    @Test("arithmetic takes no time of its own until it takes longer than reading the weights")
    func hiddenArithmetic() throws {
        var constants = reading
        (constants.bandwidthEfficiency, constants.computeEfficiency) = (.infinity, 1)
        let time = try time("Qwen/Qwen3-8B", .fp8, constants)
        // A weight takes 2 operations and 1 byte, in the embedding and the output head 2: at 3,350 GB/s and 1,978 TFLOP/s both last as long for
        // 340.1 sequences.
        let token = 2 * 8_190_427_136.0 / 1978e12
        #expect(time.decode(340) == 0)
        #expect(isNear(time.decode(400), 400 * token - (8_190_427_136.0 + 1_244_659_712) / 3.35e12))
    }

    @Test("the TTFT includes every chunk of its prompt, of which a prefix cache saves its share")
    func chunks() throws {
        var constants = reading
        constants.bandwidthEfficiency = .infinity
        (constants.startTime, constants.chunkTime) = (1, 0.01)
        func first(_ input: Int, hits: Double? = nil, beside others: Double = 0) throws -> Double {
            try time("Qwen/Qwen3-8B", .fp8, input: input, hits: hits, constants).ttft(1 + others)
        }
        // 36 layers; a chunk is 8,192 tokens on an H100; for each other sequence 0.05 of a prompt goes before.
        #expect(isNear(try first(8192), 36 + 0.36))
        #expect(isNear(try first(8193), 36 + 0.72))
        #expect(isNear(try first(16_384, hits: 0.5), 36 + 0.36))
        #expect(isNear(try first(8192, beside: 20), 36 + 0.72))
    }

    @Test("small exchanges take a time beside the link's, and one rank exchanges nothing")
    func exchanges() throws {
        var constants = reading
        constants.bandwidthEfficiency = .infinity
        let alone = try time("Qwen/Qwen3-8B", .fp8, over: 2, constants).decode(10)
        constants.exchangeSpeed = 50
        let slower = try time("Qwen/Qwen3-8B", .fp8, over: 2, constants).decode(10)
        // 36 layers, two all-reduces, half out and half back, 4,096 activations in 16 bits.
        let bytes = 10 * 36 * 2 * 2 * 0.5 * 4096 * 2
        #expect(isNear(alone, bytes / (450e9 * 0.7)))
        #expect(isNear(slower - alone, bytes / 50e9))
        #expect(try time("Qwen/Qwen3-8B", .fp8, over: 1, constants).decode(10) == 0)
    }

    private func isNear(_ value: Double, _ wanted: Double) -> Bool { abs(value / wanted - 1) < 1e-9 }
}
