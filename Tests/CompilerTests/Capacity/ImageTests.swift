import Testing

@testable import Groundwork
@testable import Planning

/// What images cost a replica.
struct ImageTests {
    private let origin = Origin.convention("a test")

    private func images(_ count: Double, patches: Int) -> ImageLoad {
        ImageLoad(
            perRequest: Traced(count, origin), tokens: Traced(patches / 4, origin), patches: Traced(patches, origin),
            most: Traced(1, origin), layers: Traced(27, origin), hidden: Traced(1152, origin), takesVideo: true)
    }

    private func workload(_ images: ImageLoad?) throws -> Workload {
        let model = try #require(Catalog.model(named: "Qwen/Qwen3-VL-8B-Instruct"))
        let text = Traced(200, origin)
        return Workload(
            architecture: model, dtype: Traced(.bf16, origin), kvDType: Traced(.bf16, origin),
            inputTokens: images.map { $0.tokens(with: text) } ?? text, outputTokens: Traced(300, origin),
            prefixHitRate: nil, context: Traced(8192, origin), memoryShare: .parameter(Thresholds.earlierMemoryShare),
            images: images)
    }

    @Test("their tokens are part of the prompt, and their encoder takes time and memory")
    func costs() throws {
        let h100 = Accelerator(whole: try #require(Catalog.gpu("h100")))
        let (plain, pictured) = (try workload(nil), try workload(images(1.5, patches: 8580)))
        #expect(pictured.inputTokens.value == 200 + 3218)
        let memory = [plain, pictured].map { MemoryFit<Double>($0, on: h100, ranks: 1).kvBudget }
        #expect(abs(memory[0] - memory[1] - Assumptions.imageMemory.value) < 1e-9)
        // Of 8,580 patches, each is multiplied with 1,099 MiB of weights in 16 bits, and attends to all in 27 layers of width 1,152.
        let each = 2 * 1099.0 * 524_288 + 4 * 27 * 1152 * 8580
        let flops = 989e12 * FittedThresholds.dense.computeEfficiency.value
        let time: Double = try #require(pictured.imageTime(on: h100, ranks: 2))
        #expect(abs(time / (1.5 * 8580 * each / (2 * flops)) - 1) < 0.001)
        let none: Double? = plain.imageTime(on: h100, ranks: 2)
        #expect(none == nil)
    }

    @Test("an encoder of the catalog belongs to a model with additional weights")
    func encoders() throws {
        #expect(Set(Catalog.visionEncoders.map(\.model)).count == Catalog.visionEncoders.count)
        for encoder in Catalog.visionEncoders {
            let model = try #require(Catalog.model(named: encoder.model), "\(encoder.model)")
            #expect(model.extraMiB > 0, "\(encoder.model)")
            #expect(encoder.side.map { $0.isMultiple(of: encoder.patch * encoder.merge) } ?? true, "\(encoder.model)")
        }
        let gemma = try #require(Catalog.visionEncoder(of: "google/gemma-3-27b-it"))
        let along = try #require(gemma.side) / (gemma.patch * gemma.merge)
        #expect(along * along == 256)
    }
}
