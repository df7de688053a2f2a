import Foundation
import Groundwork
import Simulate
import TestTools
import Testing

/// What a real Prometheus answers to queries over given series.
enum PrometheusOracle {
    struct Answer: Decodable {
        let error: String?
        let kind: String
        let samples: [Sample]
    }

    struct Sample: Decodable {
        let labels: [String: String]
        let value: String
    }

    struct Question {
        let query: String
        /// Milliseconds.
        let time: Int
    }

    /// Its version; nil where it or Python is not installed.
    static let version: Version? = {
        guard works(["python3", "--version"]), let outcome = try? run(["prometheus", "--version"]),
            outcome.status == 0
        else { return nil }
        let words = outcome.said.split(separator: " ")
        guard let place = words.firstIndex(of: "version") else { return nil }
        return Version(String(words[place + 1].prefix { $0.isNumber || $0 == "." }))
    }()

    private struct Task: Encodable {
        struct Series: Encodable {
            let labels: [String: String]
            let samples: [Pair]
        }

        /// Two values in a list.
        struct Pair: Encodable {
            let milliseconds: Int
            let text: String
            let isTextFirst: Bool

            func encode(to encoder: any Encoder) throws {
                var list = encoder.unkeyedContainer()
                if isTextFirst { try list.encode(text) }
                try list.encode(milliseconds)
                if !isTextFirst { try list.encode(text) }
            }
        }

        let series: [Series]
        let questions: [Pair]
    }

    /// Asks all questions of one server.
    static func ask(_ questions: [Question], over series: [RandomSeries]) throws -> [Answer] {
        let task = Task(
            series: series.map { series in
                Task.Series(
                    labels: series.labels,
                    samples: series.samples.map {
                        Task.Pair(milliseconds: $0.time, text: "\($0.value.bitPattern)", isTextFirst: false)
                    })
            },
            questions: questions.map { Task.Pair(milliseconds: $0.time, text: $0.query, isTextFirst: true) })
        return try withTemporaryFolder { folder in
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Prometheus/agree.py")
            let input = folder.appending(path: "task.json")
            try JSONEncoder().encode(task).write(to: input)
            let outcome = try run([
                "/bin/sh", "-c", "exec python3 \"$0\" \"$1\" <\"$2\"", script.path, folder.path, input.path,
            ])
            try #require(outcome.status == 0, "\(outcome.said.suffix(500))")
            return try JSONDecoder().decode([Answer].self, from: outcome.output)
        }
    }
}
