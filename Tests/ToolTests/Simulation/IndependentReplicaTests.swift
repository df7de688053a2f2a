import Foundation
import Simulate
import TestTools
import Testing

private let hasPython = works(["python3", "--version"])

/// A replica against a simulation in another language that keeps each sequence on its own.
@Suite("A simulated replica and an independent simulation of it")
struct IndependentReplicaTests {
    /// Notes when each request starts and completes.
    private struct Times: RequestObserver {
        var starts: [Double: Double] = [:]
        var ends: [Double: Double] = [:]

        mutating func started(_ request: ModelRequest, at time: Double, firstTokenAfter seconds: Double) {
            starts[request.arrival] = time
        }

        mutating func completed(_ request: ModelRequest, at time: Double, perToken: Double) {
            ends[request.arrival] = time
        }

        mutating func rejected(_ request: ModelRequest, by reason: QueueLimits.Reason) {}
        mutating func lost(_ request: ModelRequest, latency: Double?) {}
    }

    @Test(
        "start and complete every request at the same time", .enabled(if: hasPython, "python3 is not installed"),
        arguments: [(6, 3.0, true), (6, 4.2, true), (24, 7.5, false)])
    func agree(_ most: Int, _ rate: Double, _ isRandom: Bool) throws {
        let token = (1...most).map { 0.02 + 0.001 * Double($0) }
        let none = Array(repeating: 0.0, count: most)
        let lengths: RequestSource.Lengths =
            isRandom ? .random(input: 10, output: 60) : .fixed(input: 10, output: 60)
        var source = RequestSource(.random(.constant(rate), lengths), from: 0, seed: 5, stream: most)
        var replica = ReplicaRun(ReplicaTimes(token: token, start: none, promptToken: none), from: 0)
        var times = Times()
        var requests: [ModelRequest] = []
        for _ in 0..<3_000 {
            let request = try #require(source.next)
            source.advance()
            requests.append(request)
            replica.take(request, &times)
        }
        replica.advance(to: 1e6, &times)
        let lines =
            [token.map { "\($0)" }.joined(separator: " ")] + requests.map { "\($0.arrival) \($0.input) \($0.output)" }
        let script = root.appending(path: "Tests/ToolTests/Simulation/replica.py").path
        let answer = try withTemporaryFolder { folder in
            let file = folder.appending(path: "requests.txt")
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
            return try TestTools.run(["python3", script, file.path])
        }
        try #require(answer.status == 0, "\(answer.said)")
        let read = String(decoding: answer.output, as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: " ").compactMap { Double($0) }
        }
        try #require(read.count == requests.count)
        for (request, other) in zip(requests, read) {
            let (start, end) = (times.starts[request.arrival] ?? -1, times.ends[request.arrival] ?? -1)
            #expect(abs(start - other[0]) < 1e-6 && abs(end - other[1]) < 1e-6, "at \(request.arrival)")
        }
    }
}
