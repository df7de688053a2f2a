import Diagnostics
import Testing

@testable import Groundwork
@testable import Planning

@Suite("The choice of instances")
struct ChoiceTests {
    @Test("is the best of all combinations", arguments: (1...60).map(RandomSpec.init))
    func optimal(_ example: RandomSpec) throws {
        let spec = try #require(example.spec(), "\(example.text)")
        let prices = PriceList(spec)
        var best = 0.0
        var chosen = 0.0
        for model in spec.models {
            var report = Report()
            let demand = try #require(demand(of: model, spec, &report))
            let all = everyCombination(demand, spec)
            let placement = try? place(model, spec, prices, &report)?.get()
            #expect((placement == nil) == all.isEmpty, "\(example.text)")
            #expect(!report.hasErrors)
            guard let placement, let rank = all.map(\.rank).min() else { continue }
            let ranked = all.filter { $0.rank == rank }
            let able = ranked.filter(\.carriesPeak)
            let least = (able.isEmpty ? ranked : able).map(\.cost).min() ?? 0
            #expect(placement.candidate.peakPrice == least, "\(placement.candidate.words)\n\(example.text)")
            #expect(placement.candidate.rank == rank)
            best += least
            chosen += placement.candidate.peakPrice
            let nodes = placement.usesSpot ? placement.baseNodes + placement.surgeNodes : placement.candidate.peakNodes
            #expect(nodes == placement.candidate.peakNodes, "pools have as many nodes as the choice counted")
        }
        #expect(chosen == best)
    }

    @Test("meets feasible and infeasible specs, preferences, slices and 8 bits in its random specs")
    func variety() throws {
        var seen: Set<String> = []
        for seed in UInt64(1)...60 {
            let spec = try #require(RandomSpec(seed: seed).spec())
            for model in spec.models {
                var report = Report()
                guard let placement = try? place(model, spec, PriceList(spec), &report)?.get() else {
                    seen.insert("nothing fits")
                    continue
                }
                seen.insert("\(placement.candidate.rank)")
                if placement.candidate.isQuantized { seen.insert("quantized") }
                if placement.usesSpot { seen.insert("spot") }
                if placement.nodes.layout != .whole { seen.insert("slice") }
                if placement.candidate.replicasPerNode > 1, placement.candidate.peakNodes > 1 {
                    seen.insert("shared nodes")
                }
            }
        }
        #expect(
            seen.isSuperset(of: ["nothing fits", "0", "1", "quantized", "spot", "slice", "shared nodes"]), "\(seen)")
    }

    @Test("shows comparisons that hold between each candidate and the next, of what sorted them")
    func order() throws {
        var met: Set<ChoiceCriterion> = []
        for seed in UInt64(1)...30 {
            let spec = try #require(RandomSpec(seed: seed).spec())
            var report = Report()
            for model in spec.models {
                let demand = try #require(demand(of: model, spec, &report))
                let candidates = searchCandidates(demand, prices: PriceList(spec)).feasible
                for (better, worse) in zip(candidates, candidates.dropFirst()) {
                    let criterion = ChoiceCriterion.deciding(better, worse)
                    let comparisons = better.comparisons(with: worse, demand)
                    #expect(comparisons.allSatisfy { $0.holds }, "\(better.words) before \(worse.words)")
                    #expect(comparisons.isEmpty == [.format, .name].contains(criterion))
                    #expect(better.isBetter(than: worse) && !worse.isBetter(than: better))
                    met.insert(criterion)
                }
            }
        }
        #expect(met.isSuperset(of: [.preference, .cost, .gpusOfReplica, .name]), "\(met)")
    }

    @Test("tells why everything else lost, each instance type at least once")
    func alternatives() throws {
        var listed = 0
        for spec in (UInt64(1)...10).compactMap({ RandomSpec(seed: $0).spec() }) {
            var report = Report()
            let prices = PriceList(spec)
            for placement in spec.models.compactMap({ try? place($0, spec, prices, &report)?.get() }) {
                let others = Planning.alternatives(to: placement, prices)
                for type in Catalog.instanceTypes where type.name != placement.candidate.type.name {
                    let isNamed = others.contains {
                        $0.words.split(separator: " ").contains { $0.hasPrefix(type.name) }
                    }
                    #expect(isNamed, "\(type.name)")
                }
                #expect(others.allSatisfy { !$0.reason.text.isEmpty })
                listed += 1
            }
        }
        #expect(listed > 5)
    }
}
