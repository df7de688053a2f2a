import Testing

@testable import Groundwork

@Suite("MIG profiles")
struct MIGProfileTests {
    @Test("Every profile lies within its GPU, in slices and in memory")
    func geometry() throws {
        #expect(Catalog.migProfiles.count == 46)
        for profile in Catalog.migProfiles {
            let place = "\(profile.gpuID) \(profile.name)"
            let gpu = try #require(Catalog.gpu(profile.gpuID), "\(place)")
            #expect(profile.name.hasPrefix("\(profile.computeSlices)g."), "\(place)")
            #expect(profile.mostPerGPU <= profile.starts.count, "\(place)")
            #expect(profile.mostPerGPU * profile.computeSlices <= gpu.computeSlices, "\(place)")
            #expect(profile.mostPerGPU * profile.memorySlices <= gpu.memorySlices, "\(place)")
            #expect(profile.starts.allSatisfy { $0 + profile.memorySlices <= gpu.memorySlices }, "\(place)")
            #expect(profile.starts == profile.starts.sorted(), "\(place)")
            #expect(profile.usableMiB * gpu.memorySlices < gpu.usableMiB * profile.memorySlices, "\(place)")
        }
    }

    @Test("Only the A100 of 40 GB has published figures")
    func published() {
        let published = Catalog.migProfiles.filter { $0.confidence == .published }
        #expect(Set(published.map(\.gpuID)) == ["a100-40gb"])
        #expect(published.map(\.usableMiB) == [4864, 4864, 9856, 9856, 19968, 19968, 40192])
    }

    @Test("A profile is found by GPU and name")
    func lookup() throws {
        let profile = try #require(Catalog.migProfile(gpu: "h100", profile: "1g.20gb"))
        #expect(profile.computeSlices == 1)
        #expect(profile.memorySlices == 2)
        #expect(profile.mostPerGPU == 4)
        #expect(profile.starts == [0, 2, 4, 6])
        #expect(profile.resource == "nvidia.com/mig-1g.20gb")
        #expect(Catalog.migProfile(gpu: "a100-40gb", profile: "1g.20gb") == nil)
        #expect(Catalog.migProfile(gpu: "a100-40gb", profile: "1g.5gb+me")?.resource == "nvidia.com/mig-1g.5gb.me")
    }
}
