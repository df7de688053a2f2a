import Foundation
import TestTools
import Testing

/// A real Prometheus on the loopback interface, with an exporter beside it.
final class PrometheusServer {
    /// One answer: nothing, one or several elements, or an error.
    struct Answer: Decodable {
        let error: String?
        let samples: [Sample]
    }

    struct Sample: Decodable {
        let labels: [String: String]
        /// Nil for what is not a finite number.
        let value: Double?
    }

    /// Whether both programs run here.
    static let isInstalled = works(["prometheus", "--version"]) && works(["python3", "--version"])

    private let folder: URL
    private let address: String
    private let exporter: Companion
    private let prometheus: Companion
    private static let scripts = root.appending(path: "Tests/ToolTests/Exporter")

    /// Starts both; the scrape jobs are told where the exporter listens.
    init(in folder: URL, rules: [String: Data], jobs: (_ exporter: String) -> [ScrapeJob]) throws {
        self.folder = folder
        try JSONEncoder().encode(ExporterState(round: 0, pods: [:])).write(to: folder.appending(path: "state.json"))
        exporter = try Companion(
            ["python3", Self.scripts.appending(path: "exporter.py").path, folder.appending(path: "state.json").path],
            output: folder.appending(path: "exporter.log"))
        let ports = try #require(exporter.firstLine()).split(separator: " ")
        try #require(ports.count == 2)
        address = "http://127.0.0.1:\(ports[1])"
        for (name, content) in rules { try content.write(to: folder.appending(path: name)) }
        let configuration = PrometheusConfiguration(
            global: ["scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"],
            ruleFiles: rules.keys.sorted(), scrapeConfigs: jobs("127.0.0.1:\(ports[0])"))
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .withoutEscapingSlashes
        try encoder.encode(configuration).write(to: folder.appending(path: "prometheus.yml"))
        prometheus = try Companion(
            [
                "prometheus", "--config.file=\(folder.appending(path: "prometheus.yml").path)",
                "--storage.tsdb.path=\(folder.appending(path: "data").path)",
                "--web.listen-address=127.0.0.1:\(ports[1])", "--log.level=warn",
            ], output: folder.appending(path: "prometheus.log"))
    }

    func end() {
        prometheus.end()
        exporter.end()
    }

    /// What Prometheus said of itself, for messages.
    var log: String { (try? String(contentsOf: prometheus.output, encoding: .utf8)) ?? "" }

    func ask(_ queries: [String]) throws -> [Answer] {
        let file = folder.appending(path: "queries.json")
        try JSONEncoder().encode(queries).write(to: file)
        let outcome = try run(["python3", Self.scripts.appending(path: "ask.py").path, address, file.path])
        try #require(outcome.status == 0, "\(outcome.said)")
        return try JSONDecoder().decode([Answer].self, from: outcome.output)
    }

    /// Expects answers without a mistake, for a while: a busy machine loses a scrape now and then.
    func expect(_ queries: [String], _ mistake: (_ index: Int, Answer) -> String?) throws {
        var mistakes: [String] = []
        for _ in 0..<20 {
            mistakes = try ask(queries).enumerated().compactMap { index, answer in
                (answer.error ?? mistake(index, answer)).map { "\($0): \(queries[index])" }
            }
            if mistakes.isEmpty { return }
            Thread.sleep(forTimeInterval: 0.5)
        }
        for mistake in mistakes { Issue.record("\(mistake)") }
    }

    /// Changes what the exporter serves, and waits until every target was scraped since: two minutes at most, for machines with more to do.
    func enter(_ state: ExporterState) throws {
        try JSONEncoder().encode(state).write(to: folder.appending(path: "state.json"), options: .atomic)
        for _ in 0..<240 {
            Thread.sleep(forTimeInterval: 0.5)
            let answers = try ask(["count(test_round == \(state.round))", "count(test_round != \(state.round))"])
            let (fresh, old) = (answers[0].samples.first?.value ?? 0, answers[1].samples.first?.value ?? 0)
            if answers[0].error == nil, Int(fresh) == state.pods.count, old == 0 { return }
        }
        throw Unscraped(round: state.round, log: log)
    }
}

/// A state of the exporter that Prometheus did not see in time.
struct Unscraped: Error {
    let round: Int
    let log: String
}
