import Simulate
import Testing

/// A replica under random arrivals and completions of exponential length is the plan's queue: both must say the same.
@Suite("A simulated replica")
struct QueueAgreementTests {
    /// Counts what a replica reports.
    private struct Counts: RequestObserver {
        var completed = 0
        var lost = 0

        mutating func started(_ request: ModelRequest, at time: Double, firstTokenAfter seconds: Double) {}
        mutating func completed(_ request: ModelRequest, at time: Double, perToken: Double) { completed += 1 }
        mutating func rejected(_ request: ModelRequest, by reason: QueueLimits.Reason) {}
        mutating func lost(_ request: ModelRequest, latency: Double?) { lost += 1 }
    }

    @Test(
        "agrees with the closed form of the plan's queue over a million requests",
        arguments: [(8, 0.5), (8, 0.85), (40, 0.8)])
    func agrees(_ most: Int, _ load: Double) throws {
        let run = ReplicaQueueRun(most: most, load: load)
        let means = try run.means(.exponential, requests: 1_000_000)
        func check(_ name: String, _ values: [Double], _ expected: Double) {
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
            let error = (variance / Double(values.count)).squareRoot()
            // Four standard errors: one test in sixteen thousand would fail by chance, and the seed is fixed.
            #expect(abs(mean - expected) <= 4 * error + 1e-9, "\(name): \(mean) ± \(error), expected \(expected)")
            #expect(error < 0.15 * max(expected, 0.01), "\(name) has too wide an interval: \(error)")
        }
        check("running", means.map(\.running), run.expected.running)
        check("full", means.map(\.full), run.expected.full)
        check("waiting", means.map(\.waiting), run.expected.waiting)
        check("wait", means.map(\.wait), run.expected.wait)
    }

    @Test("gives every request exactly one end")
    func conserves() throws {
        var source = RequestSource(
            .random(.constant(8), .random(input: 100, output: 50)), from: 0, seed: 3, stream: 0)
        let times = ReplicaQueueRun.times(6)
        let small = ReplicaTimes(
            token: times.token, start: times.start, promptToken: times.promptToken, cacheTokens: 900)
        var replica = ReplicaRun(small, from: 0)
        var counts = Counts()
        for _ in 0..<5_000 {
            let request = try #require(source.next)
            source.advance()
            replica.take(request, &counts)
            #expect(replica.runningCount <= 6)
            #expect(replica.runningCount + replica.waitingCount + counts.completed + counts.lost <= 5_000)
        }
        replica.kill(at: replica.now + 5, &counts)
        #expect(counts.completed + counts.lost == 5_000)
        #expect(counts.lost > 0 && counts.completed > 1_000)
        #expect(replica.runningCount == 0 && replica.waitingCount == 0)
    }

    @Test("waits for room in the KV cache although it may run more sequences")
    func cache() {
        let times = ReplicaQueueRun.times(6)
        var replica = ReplicaRun(
            ReplicaTimes(token: times.token, start: times.start, promptToken: times.promptToken, cacheTokens: 250),
            from: 0)
        var counts = Counts()
        for _ in 0..<3 { replica.take(ModelRequest(arrival: 0, input: 100, output: 50), &counts) }
        #expect(replica.runningCount == 2)
        #expect(replica.waitingCount == 1)
        replica.take(ModelRequest(arrival: 0, input: 240, output: 50), &counts)
        #expect(counts.lost == 1, "no replica can hold it")
        replica.advance(to: 1_000, &counts)
        #expect(counts.completed == 3)
    }
}
