import Testing

@testable import Groundwork
@testable import Planning

@Suite("Placing MIG instances")
struct MIGPlacementTests {
    /// GPUs that can be partitioned.
    private static let gpus = Catalog.gpus.filter(\.hasMIG).map(\.id)

    /// A number of each profile of a GPU.
    private typealias Counts = [Int]

    /// Every set of instances that a GPU can hold, found by placing one after the other in every way.
    private func reachable(_ profiles: [MIGProfile], _ gpu: GPU) -> Set<Counts> {
        struct State: Hashable {
            let taken: Int
            let counts: [Int]
        }
        var seen: Set<State> = [State(taken: 0, counts: profiles.map { _ in 0 })]
        var pending = Array(seen)
        while let state = pending.popLast() {
            let compute = zip(profiles, state.counts).reduce(0) { $0 + $1.0.computeSlices * $1.1 }
            for (index, profile) in profiles.enumerated()
            where state.counts[index] < profile.mostPerGPU && compute + profile.computeSlices <= gpu.computeSlices {
                for start in profile.starts {
                    let slices = (start..<start + profile.memorySlices).reduce(0) { $0 | 1 << $1 }
                    guard state.taken & slices == 0, start + profile.memorySlices <= gpu.memorySlices else { continue }
                    var counts = state.counts
                    counts[index] += 1
                    let next = State(taken: state.taken | slices, counts: counts)
                    if seen.insert(next).inserted { pending.append(next) }
                }
            }
        }
        return Set(seen.map(\.counts))
    }

    /// Every choice of up to one more of each profile than a GPU can hold.
    private func choices(_ profiles: [MIGProfile]) -> [Counts] {
        profiles.reduce([[]]) { choices, profile in
            choices.flatMap { choice in (0...profile.mostPerGPU + 1).map { choice + [$0] } }
        }
    }

    @Test("The search agrees with brute force on every set of profiles of every GPU", arguments: gpus)
    func bruteForce(id: String) throws {
        let gpu = try #require(Catalog.gpu(id))
        let profiles = Catalog.migProfiles(gpu: id)
        let possible = reachable(profiles, gpu)
        #expect(possible.count > profiles.count)
        for counts in choices(profiles) {
            let wanted = zip(profiles, counts).flatMap { Array(repeating: $0.0, count: $0.1) }
            let starts = placeInstances(wanted, on: gpu)
            #expect((starts != nil) == possible.contains(counts), "\(id) \(wanted.map(\.name))")
        }
    }

    @Test("What is found lies on legal slices and does not overlap", arguments: gpus)
    func legal(id: String) throws {
        let gpu = try #require(Catalog.gpu(id))
        let profiles = Catalog.migProfiles(gpu: id)
        for counts in choices(profiles) {
            // In reverse, so that the order asked for is not the order of the search.
            let wanted =
                zip(profiles, counts).flatMap { Array(repeating: $0.0, count: $0.1) }.reversed() as [MIGProfile]
            guard let starts = placeInstances(wanted, on: gpu) else { continue }
            var taken = 0
            for (profile, start) in zip(wanted, starts) {
                let slices = (start..<start + profile.memorySlices).reduce(0) { $0 | 1 << $1 }
                #expect(profile.starts.contains(start) && taken & slices == 0, "\(id) \(wanted.map(\.name)) \(starts)")
                taken |= slices
            }
            #expect(taken < 1 << gpu.memorySlices)
        }
    }

    @Test(
        "Known mixes of an A100 are placed, or not",
        arguments: [
            (["3g.20gb", "3g.20gb"], true), (["3g.20gb", "3g.20gb", "1g.5gb"], false), (["4g.20gb", "3g.20gb"], true),
            (["4g.20gb", "2g.10gb", "1g.5gb"], true), (["3g.20gb", "2g.10gb", "1g.5gb", "1g.5gb"], true),
            (["1g.10gb", "1g.10gb", "1g.10gb", "1g.10gb"], true), (["7g.40gb", "1g.5gb"], false),
            (["2g.10gb", "2g.10gb", "2g.10gb", "1g.5gb"], true), (["1g.5gb+me", "1g.5gb+me"], false),
        ])
    func known(names: [String], fits: Bool) throws {
        let gpu = try #require(Catalog.gpu("a100-40gb"))
        let profiles = try names.map { try #require(Catalog.migProfile(gpu: gpu.id, profile: $0)) }
        #expect((placeInstances(profiles, on: gpu) != nil) == fits)
    }

    @Test("A node is partitioned for what is needed, and no slice that could hold an instance is left")
    func node() throws {
        let gpu = try #require(Catalog.gpu("a100-80gb"))
        let profiles = Catalog.migProfiles(gpu: gpu.id)
        func need(_ name: String, _ count: Int) throws -> MIGNeed {
            MIGNeed(profile: try #require(profiles.first { $0.name == name }), count: count)
        }
        let needs = [try need("1g.10gb", 9), try need("2g.20gb", 5), try need("3g.40gb", 4)]
        let node = try #require(partitionNode(needs, gpu: gpu, gpus: 8))
        #expect(node.count == 8)
        for need in needs {
            #expect(node.reduce(0) { $0 + $1.count { $0.name == need.profile.name } } >= need.count)
        }
        for instances in node {
            #expect(placeInstances(instances, on: gpu) != nil)
            for need in needs { #expect(placeInstances(instances + [need.profile], on: gpu) == nil) }
        }
        #expect(partitionNode([try need("3g.40gb", 17)], gpu: gpu, gpus: 8) == nil)
        #expect(partitionNode([try need("3g.40gb", 16)], gpu: gpu, gpus: 8) != nil)
    }
}
