import Diagnostics
import Foundation
import Groundwork
import Simulate
import TestTools
import Testing

/// The folder with a recorded trace of requests, which belongs to another project.
private let traces = ProcessInfo.processInfo.environment["STOWAGE_TRACES"]

/// The plan's queue takes completions of exponential length: the table says what other lengths change.
@Suite("The table of lengths in docs/simulate.md", .serialized)
struct LengthTests {
    /// Sequences at most, and the load as a share of what the replica sustains.
    private static let replicas = [(8, 0.5), (8, 0.85), (40, 0.8)]
    private static let page = root.appending(path: "docs/simulate.md")

    @Test("is what is simulated for fixed lengths")
    func fixed() throws {
        let rows = try Self.replicas.flatMap { most, load -> [String] in
            let run = ReplicaQueueRun(most: most, load: load)
            return [
                Self.row(most, load, "closed form", run.expected),
                Self.row(most, load, "exponential", try Self.mean(run, .exponential)),
                Self.row(most, load, "all the same", try Self.mean(run, .fixed)),
            ]
        }
        try Self.check(rows) { !$0.contains("| of the trace |") }
    }

    @Test(
        "is what is simulated for the lengths of a trace",
        .enabled(if: traces != nil, "STOWAGE_TRACES names no folder of traces of requests"))
    func traced() throws {
        let path = "\(traces ?? "")/azure_llm_trace_code.csv"
        var report = Report()
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        let requests = try #require(readTrace(SourceFile(path: path, bytes: bytes), speed: 1, &report))
        let mean = requests.reduce(0) { $0 + $1.output } / Double(requests.count)
        let lengths = requests.map { $0.output * ReplicaQueueRun.output / mean }
        let rows = try Self.replicas.map { most, load in
            Self.row(
                most, load, "of the trace", try Self.mean(ReplicaQueueRun(most: most, load: load), .traced(lengths)))
        }
        try Self.check(rows) { $0.contains("| of the trace |") }
    }

    private static func mean(_ run: ReplicaQueueRun, _ lengths: ReplicaQueueRun.Lengths) throws -> ReplicaQueueRun.Means
    {
        let means = try run.means(lengths, requests: 200_000)
        let count = Double(means.count)
        return means.reduce(into: ReplicaQueueRun.Means()) { sum, batch in
            sum.running += batch.running / count
            sum.waiting += batch.waiting / count
            sum.full += batch.full / count
            sum.wait += batch.wait / count
        }
    }

    private static func row(_ most: Int, _ load: Double, _ lengths: String, _ means: ReplicaQueueRun.Means) -> String {
        let figures = [
            String(format: "%.2f", means.running), String(format: "%.3f", means.waiting),
            String(format: "%.1f%%", means.full * 100), String(format: "%.3f s", means.wait),
        ]
        return "| \(most), \(Int(load * 100))% | \(lengths) | \(figures.joined(separator: " | ")) |"
    }

    /// Compares the rows of the page that are meant with those that were simulated, in their order.
    private static func check(_ rows: [String], _ isMeant: (String) -> Bool) throws {
        var lines = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
        let table = lines.indices.filter { lines[$0].wholeMatch(of: /\| \d+, \d+% \| .*/) != nil }
        let meant = table.filter { isMeant(lines[$0]) }
        if Recording.lengths.isAsked(), meant.count == rows.count {
            for (place, row) in zip(meant, rows) { lines[place] = row }
            try Recording.lengths.write([(page, lines.joined(separator: "\n"))])
        }
        #expect(meant.map { lines[$0] } == rows)
    }
}
