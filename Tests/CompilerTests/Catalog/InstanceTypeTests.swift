import Testing

@testable import Groundwork

@Suite("Instance types")
struct InstanceTypeTests {
    @Test("Every row is read, and names are unique")
    func counts() {
        #expect(Catalog.instanceTypes.count == 66)
        #expect(Set(Catalog.instanceTypes.map(\.name)).count == 66)
    }

    @Test("Every instance type has a GPU of the catalog with the same memory")
    func gpus() throws {
        for type in Catalog.instanceTypes {
            let gpu = try #require(Catalog.gpu(type.gpuID), "\(type.name)")
            #expect(gpu.memoryMiB <= type.gpuMemoryMiB || type.gpuCount == 0, "\(type.name)")
            #expect(Double(gpu.memoryMiB) >= Double(type.gpuMemoryMiB) * 0.93, "\(type.name)")
        }
    }

    @Test("A p4d.24xlarge has eight A100 of 40 GB, four EFA interfaces and 1057 GiB that pods may request")
    func p4d() throws {
        let type = try #require(Catalog.instanceType(named: "p4d.24xlarge"))
        #expect(type.family == "p4d")
        #expect(type.gpuID == "a100-40gb")
        #expect(type.gpuLabel == "a100")
        #expect(type.gpuCount == 8)
        #expect(type.gpuMemoryMiB == 40960)
        #expect(type.vcpu == 96)
        #expect(type.memoryMiB == 1_179_648)
        #expect(type.allocatableMemoryMiB == 1_082_712)
        #expect(type.allocatableMilliCPU == 95690)
        #expect(type.networkGbps == 400)
        #expect(type.efaCount == 4)
        #expect(type.nvmeGB == 8000)
        #expect(type.processor == .amd64)
        #expect(type.hasCapacityBlocks)
    }

    @Test("A p5.48xlarge has eight H100 and 32 EFA interfaces")
    func p5() throws {
        let type = try #require(Catalog.instanceType(named: "p5.48xlarge"))
        #expect(type.gpuID == "h100")
        #expect(type.gpuCount == 8)
        #expect(type.vcpu == 192)
        #expect(type.allocatableMemoryMiB == 1_938_410)
        #expect(type.efaCount == 32)
        #expect(type.isUsable)
    }

    @Test("A g5.48xlarge has one EFA interface and GPUs below 24 GiB")
    func g5() throws {
        let type = try #require(Catalog.instanceType(named: "g5.48xlarge"))
        #expect(type.gpuID == "a10g")
        #expect(type.gpuMemoryMiB == 22888)
        #expect(type.efaCount == 1)
        #expect(type.allocatableMemoryMiB == 723_299)
    }

    @Test("The two A100 share a label and differ in memory")
    func a100() throws {
        let small = try #require(Catalog.instanceType(named: "p4d.24xlarge"))
        let large = try #require(Catalog.instanceType(named: "p4de.24xlarge"))
        #expect(small.gpuLabel == large.gpuLabel)
        #expect(small.gpuMemoryMiB != large.gpuMemoryMiB)
        #expect(Catalog.gpu(of: large).product == "NVIDIA A100-SXM4-80GB")
    }

    @Test(
        "What cannot be used says why",
        arguments: [
            ("g7.2xlarge", "595"), ("g6f.xlarge", "NodeOverlay"), ("gr6f.4xlarge", "NodeOverlay"),
            ("g5g.xlarge", "arm64"), ("g4dn.metal", "bare metal"), ("g5g.metal", "arm64"),
            ("p3dn.24xlarge", "V100"),
        ])
    func rejected(name: String, reason: String) throws {
        let type = try #require(Catalog.instanceType(named: name))
        #expect(type.rejection?.contains(reason) == true)
    }

    @Test("Families that the table lacks are rejected with a reason, and no row has such a family")
    func families() {
        for family in ["p3", "g4ad", "p6e-gb300", "trn2"] { #expect(Catalog.rejection(ofFamily: family) != nil) }
        #expect(Catalog.instanceTypes.allSatisfy { Catalog.rejection(ofFamily: $0.family) == nil })
        #expect(Catalog.rejection(ofFamily: "p5") == nil)
    }

    @Test("A p6e-gb200 is an eighteenth of an UltraServer, and taken by name alone")
    func gb200() throws {
        let type = try #require(Catalog.instanceType(named: "p6e-gb200.36xlarge"))
        #expect(type.gpuCount * 18 == 72)
        #expect(type.vcpu * 18 == 2592)
        #expect(type.memoryMiB * 18 == 17280 * 1024)
        #expect(type.allocatableMilliCPU == 143_570)
        #expect(type.allocatableMemoryMiB == type.memoryMiB * 925 / 1000 - 11 * type.maxPods - 255 - 100)
        #expect(type.processor == .arm64)
        #expect(type.isUltraServer && type.hasCapacityBlocks && !type.hasSpot && !type.isSoldOnDemand)
        #expect(type.isUsable && type.reserve != nil)
        #expect(Catalog.instanceTypes.filter { $0.reserve != nil }.map(\.name) == [type.name])
    }

    @Test("Every usable type leaves room beside its GPUs")
    func usable() {
        let usable = Catalog.instanceTypes.filter(\.isUsable)
        #expect(usable.count == 47)
        for type in usable {
            #expect([1, 2, 4, 8].contains(type.gpuCount), "\(type.name)")
            #expect(type.allocatableMemoryMiB < type.memoryMiB, "\(type.name)")
            #expect(type.allocatableMilliCPU < type.vcpu * 1000, "\(type.name)")
            #expect(type.isSoldOnDemand || type.reserve != nil, "\(type.name)")
        }
    }

    @Test("A region offers what its row says, and nothing is known of regions without rows")
    func regions() throws {
        let type = try #require(Catalog.instanceType(named: "p5e.48xlarge"))
        #expect(type.offering(in: "us-east-1") == .notOffered)
        #expect(type.offering(in: "us-west-2") == .offered)
        #expect(type.offering(in: "eu-north-1") == .offered)
        #expect(type.offering(in: "ca-west-1") == .unknown)
        let listed = try #require(Catalog.instanceType(named: "p6-b300.48xlarge"))
        #expect(listed.offering(in: "us-east-1") == .notOffered, "a price without a zone is no offer")
        let nowhere = try #require(Catalog.instanceType(named: "p6e-gb200.36xlarge"))
        #expect(nowhere.offering(in: "us-east-1") == .unknown)
    }
}
