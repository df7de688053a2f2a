import Diagnostics
import Groundwork
import Simulate
import Testing

@Suite("Traffic")
struct TrafficTests {
    private func arrivals(_ curve: LoadCurve, until end: Double, seed: UInt64 = 1) -> [Double] {
        var source = RequestSource(.random(curve, .fixed(input: 1, output: 1)), from: 0, seed: seed, stream: 0)
        var times: [Double] = []
        while let request = source.next, request.arrival < end {
            times.append(request.arrival)
            source.advance()
        }
        return times
    }

    @Test("arrives at the rate of its curve")
    func rate() {
        let curve = LoadCurve([
            .init(0, 2), .init(1_000, 2), .init(2_000, 10), .init(2_000, 0), .init(3_000, 0), .init(3_000, 5),
        ])
        let times = arrivals(curve, until: 4_000)
        func count(_ from: Double, _ to: Double) -> Int { times.count { $0 >= from && $0 < to } }
        // Each is Poisson-distributed: four standard deviations around the area below the curve.
        for (from, to, area) in [
            (0.0, 1_000.0, 2_000.0), (1_000, 2_000, 6_000), (2_000, 3_000, 0), (3_000, 4_000, 5_000),
        ] {
            #expect(abs(Double(count(from, to)) - area) <= 4 * area.squareRoot(), "\(from) to \(to)")
        }
        #expect(abs(Double(count(1_000, 1_500)) - 2_000) <= 4 * 2_000.0.squareRoot(), "the first half of the rise")
        #expect(times == times.sorted())
    }

    @Test("is the same for the same seed, and another for another")
    func seeds() {
        let curve = LoadCurve.constant(3)
        #expect(arrivals(curve, until: 500) == arrivals(curve, until: 500))
        #expect(arrivals(curve, until: 500) != arrivals(curve, until: 500, seed: 2))
    }

    @Test("takes shapes")
    func shapes() throws {
        let usual = UsualTraffic(steady: 2, peak: 10, busy: 6, ramp: 600, hours: nil)
        let surge = try #require(LoadShape("surge:x4@10m+30m")).curve(usual, seconds: 7_200)
        #expect([599, 660, 2_000, 2_460, 2_520].map { surge.rate(at: $0) } == [2, 8, 8, 8, 2])
        #expect(try #require(LoadShape("surge:peak@5m")).curve(usual, seconds: 900).rate(at: 900) == 10)
        let day = try #require(LoadShape("day")).curve(usual, seconds: 86_400)
        #expect(abs(day.rate(at: 4 * 3_600) - 2) < 0.02 && abs(day.rate(at: 16 * 3_600) - 10) < 0.02)
        #expect(abs(day.rate(at: 10 * 3_600) - 6) < 0.02)
        let teeth = try #require(LoadShape("sawtooth")).curve(usual, seconds: 3_600)
        #expect(teeth.rate(at: 300) == 6 && teeth.rate(at: 900) == 6)
        let burst = try #require(LoadShape("burst")).curve(usual, seconds: 3_600)
        #expect(burst.rate(at: 660) == 10 && burst.rate(at: 1_000) == 2)
        for text in ["surge", "surge:4@10m", "surge:x0@10m", "surge:x4@10m+", "noon"] {
            #expect(LoadShape(text) == nil)
        }
    }

    @Test("has business hours on their days, and an hour at peak within them")
    func week() {
        let hours = UsualTraffic.BusinessHours(days: [0, 1], from: 9 * 3_600, to: 17 * 3_600)
        let week = UsualTraffic(steady: 2, peak: 10, busy: 6, ramp: 1_800, hours: hours).week(days: 7)
        func rate(_ day: Double, _ hour: Double) -> Double { week.rate(at: day * 86_400 + hour * 3_600) }
        #expect(rate(0, 3) == 2 && rate(0, 10) == 6 && rate(0, 13) == 10 && rate(0, 16) == 6 && rate(0, 20) == 2)
        #expect(rate(1, 13) == 10 && rate(2, 13) == 2 && rate(6, 13) == 2)
    }

    @Test("is read from traces of both forms")
    func traces() throws {
        var report = Report()
        let azure = """
            TIMESTAMP,ContextTokens,GeneratedTokens\r
            2023-11-16 18:17:03.9799600,4808,10\r
            2023-11-16 18:17:04.4799600,3180,8\r

            """
        let read = try #require(
            readTrace(SourceFile(path: "a.csv", text: azure), speed: 2, &report))
        #expect(read.count == 2 && read[0].arrival == 0 && abs(read[1].arrival - 0.25) < 1e-6)
        #expect(read[1].input == 3180 && read[1].output == 8)
        let own = "seconds,input,output\n5,10,20\n3,11,21\n"
        let sorted = try #require(readTrace(SourceFile(path: "b.csv", text: own), speed: 1, &report))
        #expect(sorted.map(\.input) == [11, 10])
        #expect(report.diagnostics.isEmpty)
        #expect(readTrace(SourceFile(path: "c.csv", text: "a,b\n"), speed: 1, &report) == nil)
        #expect(readTrace(SourceFile(path: "d.csv", text: "seconds,input,output\nx,1,2\n"), speed: 1, &report) == nil)
        #expect(readTrace(SourceFile(path: "e.csv", text: "seconds,input,output\n"), speed: 1, &report) == nil)
        #expect(report.diagnostics.map(\.code) == ["trace-header-unknown", "trace-line-invalid", "trace-empty"])
        #expect(report.diagnostics[1].range?.line == 2)
    }

    @Test("meets incidents at their time")
    func incidents() {
        #expect(Incident("30m prometheus-down=10m") == Incident(at: .seconds(1_800), .prometheusDown, length: 600_000))
        #expect(
            Incident("14:00 lost-zone=us-east-1a+1h")
                == Incident(at: .seconds(50_400), .lostZone("us-east-1a"), length: 3_600_000))
        #expect(Incident("5m spot-interruption") == Incident(at: .seconds(300), .spotInterruption(pool: nil)))
        #expect(Incident("5m no-capacity=p5.48xlarge") == Incident(at: .seconds(300), .noCapacity(type: "p5.48xlarge")))
        for text in ["30m", "25:00 rollout", "5m lost-zone", "5m lost-zone=", "5m earthquake", "5m spot-gone=x"] {
            #expect(Incident(text) == nil, "\(text)")
        }
    }
}
