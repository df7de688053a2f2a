import Diagnostics
import Foundation
import Groundwork
import Simulate
import TestTools
import Testing
import YAML

/// Alerts and recordings beside `promtool test rules`.
@Suite("A group of rules")
struct AlertAgreementTests {
    private static let rules = """
        groups:
        - name: all
          interval: 1m
          rules:
          - record: job:load:sum
            expr: sum by (job) (load)
          - record: job:load:double
            expr: 2 * job:load:sum
            labels: {kind: double}
          - alert: Now
            expr: load > 5
            labels: {severity: page, where: "pod {{ $labels.pod }}"}
          - alert: Later
            expr: load > 5
            for: 3m
          - alert: Kept
            expr: job:load:sum > 8
            for: 1m
            keep_firing_for: 4m
          - alert: Absent
            expr: absent(load{pod="b"})
            for: 2m
          - alert: OfAlerts
            expr: count(ALERTS{alertname="Later", alertstate="firing"}) > 1
        """

    private static let minutes = 40

    /// Loads at random, in promtool's notation and as samples.
    private static func series(_ seed: UInt64) -> [(labels: [String: String], values: [Double?], isEnded: [Bool])] {
        var random = SeededGenerator(seed: seed)
        return ["a", "b", "c"].map { pod in
            var values: [Double?] = []
            var ended: [Bool] = []
            var level = 4
            for _ in 0...minutes {
                if Int.random(in: 0..<3, using: &random) == 0 { level = Int.random(in: 0...9, using: &random) }
                let kind = Int.random(in: 0..<20, using: &random)
                values.append(kind < 3 ? nil : Double(level))
                ended.append(kind == 0)
            }
            return (["job": pod == "c" ? "y" : "x", "pod": pod], values, ended)
        }
    }

    @Test(
        "has the alerts and the series that promtool finds",
        .enabled(if: works(["promtool", "--version"]), "promtool is not installed"))
    func agrees() async throws {
        let tests = try (1...12).map { try Self.test(seed: UInt64($0)) }
        let firing = tests.reduce(0) { $0 + $1.firing }
        #expect(firing > 100, "\(firing) alerts")
        let text = "rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n" + tests.map(\.text).joined()
        try await aside {
            try withTemporaryFolder { folder in
                try Data(Self.rules.utf8).write(to: folder.appending(path: "rules.yaml"))
                try Data(text.utf8).write(to: folder.appending(path: "tests.yaml"))
                let outcome = try run(["promtool", "test", "rules", "tests.yaml"], in: folder)
                #expect(outcome.status == 0, "\(outcome.said.prefix(3000))")
            }
        }
    }

    /// A test of promtool that expects what the simulation finds.
    private static func test(seed: UInt64) throws -> (text: String, firing: Int) {
        let series = series(seed)
        var behavior = PrometheusBehavior(Version(2, 42))
        behavior.interval = 60_000
        var report = Report()
        let nodes = try #require(
            readYAML(SourceFile(path: "rules", text: "spec:\n  " + rules.replacing("\n", with: "\n  ")), &report))
        var (groups, rejections) = ruleGroups(ManifestValue(nodes[0]), behavior)
        #expect(rejections.isEmpty)
        var store = SeriesStore()
        var (alerts, expressions, firing) = ("", "", 0)
        for minute in 0...minutes {
            let now = minute * 60_000
            for one in series {
                let labels = SeriesLabels("load", one.labels)
                if let value = one.values[minute] { store.append(value, to: labels, at: now) }
                if one.isEnded[minute] { store.end(labels, at: now) }
            }
            for place in groups.indices {
                groups[place].evaluate(at: now, &store, behavior)
                #expect(groups[place].failures.isEmpty)
            }
            for name in ["Now", "Later", "Kept", "Absent", "OfAlerts"] {
                let found = groups.flatMap(\.active).filter { $0.state == .firing && $0.labels["alertname"] == name }
                firing += found.count
                alerts +=
                    "  - {eval_time: \(minute)m, alertname: \(name), exp_alerts: [\(found.map(alert).joined(separator: ", "))]}\n"
            }
            for expression in ["job:load:double", "ALERTS", "ALERTS_FOR_STATE", "job:load:sum"] {
                let value = try QueryEvaluator(store, behavior).evaluate(try parseQuery(expression), at: now)
                guard case .vector(let samples) = value else { continue }
                expressions +=
                    "  - {expr: '\(expression)', eval_time: \(minute)m, exp_samples: [\(samples.map(sample).joined(separator: ", "))]}\n"
            }
        }
        let inputs = series.map { one in
            let values = zip(one.values, one.isEnded).map { $1 ? "stale" : $0.map { "\($0)" } ?? "_" }
            return
                "  - {series: '\(SeriesLabels("load", one.labels).text)', values: '\(values.joined(separator: " "))'}\n"
        }
        return (
            "- interval: 1m\n  input_series:\n\(inputs.joined())  alert_rule_test:\n\(alerts)  promql_expr_test:\n\(expressions)",
            firing
        )
    }

    private static func alert(_ alert: Alert) -> String {
        let labels = alert.labels.pairs.filter { $0.name != "alertname" }.map { "\($0.name): '\($0.value)'" }
        return "{exp_labels: {\(labels.joined(separator: ", "))}}"
    }

    private static func sample(_ sample: QuerySample) -> String {
        "{labels: '\(sample.labels.text)', value: \(sample.value)}"
    }
}

extension SeriesLabels {
    /// The labels as in a query.
    fileprivate var text: String {
        let labels = pairs.filter { $0.name != "__name__" }.map { "\($0.name)=\"\($0.value)\"" }
        return "\(name){\(labels.joined(separator: ", "))}"
    }
}
