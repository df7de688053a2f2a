import Compiler
import Foundation
import Simulate
import TestTools
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The surge of one model that takes elastic capacity of another, in the seed cluster.
@Suite("A surge that takes capacity of another model")
struct ArticleTests {
    /// As `stowage simulate specs/seed.yaml --model model-b --shape surge:peak@10m+30m --duration 80m`.
    private static let scenario: LoadScenario = {
        var scenario = LoadScenario()
        scenario.models = ["model-b"]
        scenario.shape = .surge(times: nil, at: 600, length: 1_800)
        scenario.duration = 4_800
        return scenario
    }()

    private static let outcome = Result {
        let cluster = try SimulationTests.cluster("seed")
        return (cluster, try #require(try SimulationTests.run(cluster, scenario).first))
    }

    @Test("preempts pods of the other, which keeps its minimum and gets its capacity back")
    func facts() throws {
        let result = try Self.outcome.get().1
        let taken = try #require(result.preemptions.first { $0.taker == "model-b" && $0.victim == "model-d-surge" })
        #expect(taken.count >= 1)
        #expect(taken.models.taker == "model-b" && taken.models.victim == "model-d")
        let told = try #require(result.entries.first { $0.kind == .preemption })
        #expect(told.time == taken.first && told.text.contains("takes the place of model-d-surge-"))
        #expect(told.time > .seconds(600) && told.time < .seconds(900))
        let place = try #require(result.models.firstIndex { $0.name == "model-d" })
        let other = result.models[place]
        #expect(other.leastReady >= 2, "the minimum of model-d is two")
        #expect(other.tally.rejected + other.tally.lost == 0, "its pods drain")
        let before = try #require(result.samples.last { $0.time < told.time }).models[place].ready
        #expect(before > 2, "it used elastic capacity")
        guard case .after(let seconds) = result.recovery(of: place, from: Double(told.time.wholeSeconds)) else {
            Issue.record("model-d does not recover")
            return
        }
        let recovered = told.time.wholeSeconds + Int(seconds)
        // Replicas are counted at the end of the first good minute.
        let after = try #require(result.samples.first { $0.time.wholeSeconds >= recovered + 60 }).models[place]
        #expect(after.ready >= before && after.ready >= after.wanted)
    }

    @Test("serves its surge with its maximum of replicas, and then has its minimum again")
    func surging() throws {
        let result = try Self.outcome.get().1
        let place = try #require(result.models.firstIndex { $0.name == "model-b" })
        #expect(result.models[place].mostReady == 8)
        #expect(result.samples.last?.models[place].ready == 4)
    }

    @Test("has its picture in the README")
    func picture() throws {
        let (cluster, result) = try Self.outcome.get()
        let file = root.appending(path: "docs/stowage-surge.svg")
        let svg = surgePicture(cluster, Self.scenario, result)
        if Recording.picture.isAsked("surge") { try Recording.picture.write([(file, svg)]) }
        #expect(try String(contentsOf: file, encoding: .utf8) == svg)
        #expect(try text("README.md").contains("(docs/stowage-surge.svg)"))
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        for sign in ["href", "url(", "<script", "@import"] { #expect(!svg.contains(sign)) }
    }
}
