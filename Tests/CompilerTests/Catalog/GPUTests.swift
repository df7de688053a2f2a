import Testing

@testable import Groundwork

@Suite("GPUs")
struct GPUTests {
    @Test("Every row is read, and figures make sense")
    func rows() {
        #expect(Catalog.gpus.count == 15)
        #expect(Set(Catalog.gpus.map(\.id)).count == 15)
        for gpu in Catalog.gpus {
            #expect(gpu.usableMiB < gpu.memoryMiB, "\(gpu.id)")
            #expect(gpu.derate >= 1, "\(gpu.id)")
            #expect(gpu.fp8TFLOPS ?? .infinity > gpu.bf16TFLOPS, "\(gpu.id)")
            #expect(gpu.fp4TFLOPS ?? .infinity > gpu.fp8TFLOPS ?? 0, "\(gpu.id)")
            #expect(!gpu.reference.source.isEmpty, "\(gpu.id)")
        }
    }

    @Test("An H100 has 79.18 GiB, 3350 GB/s and NVLink")
    func h100() throws {
        let gpu = try #require(Catalog.gpu("h100"))
        #expect(gpu.usableMiB == 81080)
        #expect(gpu.bandwidthGBps == 3350)
        #expect(gpu.bf16TFLOPS == 989)
        #expect(gpu.fp8TFLOPS == 1978)
        #expect(gpu.fp4TFLOPS == nil)
        #expect(gpu.nvlinkGBps == 450)
        #expect(gpu.derate == 1.17)
        #expect(gpu.confidence == .measured)
        #expect(gpu.product == "NVIDIA H100 80GB HBM3")
    }

    @Test("GPUs without serving measurements are marked", arguments: ["t4", "l4", "a10g"])
    func guesses(id: String) throws { #expect(try #require(Catalog.gpu(id)).confidence == .guess) }

    @Test("MIG exists on the large GPUs only")
    func mig() {
        let capable = Catalog.gpus.filter(\.hasMIG).map(\.id)
        #expect(capable == ["rtx-pro-6000", "a100-40gb", "a100-80gb", "h100", "h200", "b200", "b300", "gb200"])
        #expect(capable.allSatisfy { !Catalog.migProfiles(gpu: $0).isEmpty })
    }
}
