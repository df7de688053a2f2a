import Compiler
import Diagnostics
import Foundation
import Groundwork
import Simulate
import TestTools
import Testing
import YAML

/// The alerts that a simulation names, beside those that Prometheus finds in the series that `--openmetrics` writes.
@Suite("The alerts of a simulated incident")
struct IncidentAlertTests {
    /// An incident of an example cluster, and alerts that must be among those that fire.
    struct Trial: Sendable, CustomTestStringConvertible {
        let cluster: String
        let shape: LoadShape
        let event: String?
        let fires: Set<String>

        var testDescription: String { "\(cluster), \(event ?? "a surge that burns the error budget")" }
    }

    static let incidents = [
        // Shorter than the time after which Prometheus would miss series: it evaluates nothing meanwhile, while promtool goes on.
        Trial(
            cluster: "minimal", shape: .steady, event: "10m prometheus-down=9m", fires: ["NodePoolNearLimit"]),
        Trial(
            cluster: "seed", shape: .steady, event: "10m lost-zone=us-east-1a",
            fires: ["ModelMetricsAbsent", "ModelPodsPending", "ModelStartSlow", "ModelErrorBudgetBurn"]),
        Trial(
            cluster: "scaling", shape: .surge(times: 12, at: 300, length: 1_200), event: nil,
            fires: ["ModelErrorBudgetBurn", "ModelLoadCritical", "ModelRequestsRejected", "ModelAtMaxReplicas"]),
        Trial(
            cluster: "seed", shape: .surge(times: nil, at: 300, length: nil), event: "25m spot-gone",
            fires: ["OverflowStuck", "NodePoolNearLimit", "ModelLoadHigh"]),
    ]

    /// Seconds between two evaluations of a rule.
    private static let interval = 15

    @Test(
        "are those that Prometheus finds in its series, from the same evaluation to the same evaluation",
        .enabled(if: hasPromtool, "promtool is not installed"), arguments: incidents)
    func agree(_ incident: Trial) async throws {
        var scenario = LoadScenario()
        scenario.shape = incident.shape
        scenario.duration = 3_600
        scenario.hasAlerts = true
        // Samples on whole seconds, and every rule at the same interval, as promtool takes them.
        scenario.phaseStep = 1000
        scenario.prometheus = PrometheusBehavior(Version(2, 42))
        scenario.prometheus.interval = Self.interval * 1000
        if let event = incident.event { scenario.incidents = [try #require(Incident(event))] }
        let cluster = try SimulationTests.cluster(incident.cluster)
        let result = try #require(try SimulationTests.run(cluster, scenario).first)
        let series = try #require(result.series)

        let groups = try Self.groups(of: incident.cluster, leftOut: Set(result.alertsLeftOut ?? []))
        let names = Set(groups.flatMap(\.rules).compactMap { $0["alert"]?.scalar?.text })
        let recorded = Set(groups.flatMap(\.rules).compactMap { $0["record"]?.scalar?.text })
        let firing = Self.firing(series)
        let fired = Set(firing.values.flatMap { $0 }.map { $0["alertname"] })
        #expect(fired.isSuperset(of: incident.fires), "\(fired.sorted())")
        #expect(fired == Set(result.entries.filter { $0.kind == .alert }.map(\.subject)))

        let end = 3600 + 3_600
        // promtool evaluates at second 0 too, so that what is absent while the cluster starts fires one evaluation earlier there.
        let alerts = stride(from: 600, through: end, by: Self.interval).flatMap { second in
            names.sorted().map { name in
                let found = (firing[second] ?? []).filter { $0["alertname"] == name }
                return PromtoolTest.AlertTest(
                    evalTime: "\(second)s", alertname: name,
                    expAlerts: found.map { .init(expLabels: $0.texts(without: "alertname"), expAnnotations: [:]) })
            }
        }
        let input = Self.input(openMetrics(series), series, besides: recorded)
        #expect(input.count > 50)
        let test = PromtoolTest(
            name: incident.testDescription, interval: "1s", inputSeries: input, alertRuleTest: alerts)
        let rules = Dictionary(uniqueKeysWithValues: groups.map { ("\($0.file).yaml", $0.data) })
        try await aside {
            try runPromtool(rules, every: "\(Self.interval)s", [test], order: groups.map(\.name))
        }
    }
}

extension IncidentAlertTests {
    /// A group of rules in a file of its own.
    struct Group {
        let file: String
        let name: String
        let rules: [Node]
        let data: Data
    }

    /// The groups of an example in their order, without the alerts that are not simulated, and without texts.
    private static func groups(of example: String, leftOut: Set<String>) throws -> [Group] {
        let objects = try compiled(example, example).objects("PrometheusRule")
        return try objects.flatMap { try #require($0["spec"]?["groups"]?.items) }.enumerated().map { place, group in
            let rules = (group["rules"]?.items ?? []).filter { rule in
                rule["alert"].map { !leftOut.contains($0.scalar?.text ?? "") } ?? true
            }.map { rule in
                Node(.mapping((rule.entries ?? []).filter { $0.key != "annotations" }), rule.range)
            }
            let entries = (group.entries ?? []).map { entry in
                entry.key == "rules"
                    ? Node.Entry(entry.key, entry.keyRange, Node(.sequence(rules), group.range)) : entry
            }
            let list = Node(.sequence([Node(.mapping(entries), group.range)]), group.range)
            let page = Node(.mapping([Node.Entry("groups", group.range, list)]), group.range)
            return Group(
                file: "rules-\(100 + place)", name: group["name"]?.scalar?.text ?? "", rules: rules,
                data: Data(writeYAML([page])))
        }
    }

    /// The alerts that fire at each evaluation of a simulation, by seconds.
    private static func firing(_ store: SeriesStore) -> [Int: [SeriesLabels]] {
        var firing: [Int: [SeriesLabels]] = [:]
        for series in store.series where series.labels.name == "ALERTS" && series.labels["alertstate"] == "firing" {
            var labels = series.labels.unnamed
            labels["alertstate"] = ""
            for sample in series.samples where !sample.isStale {
                firing[sample.time / 1000, default: []].append(labels)
            }
        }
        return firing
    }

    /// What a file of OpenMetrics has besides the results of rules, in promtool's notation, a value for each second.
    ///
    /// The format cannot say where a series ends; that is taken from the simulation.
    private static func input(_ text: String, _ store: SeriesStore, besides recorded: Set<String>) -> [Series] {
        var ends: [String: Set<Int>] = [:]
        for series in store.series {
            let stale = series.samples.filter(\.isStale).map { $0.time / 1000 }
            if !stale.isEmpty { ends[series.labels.promtoolText] = Set(stale) }
        }
        var values: [String: [(second: Int, value: String)]] = [:]
        var order: [String] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            let name = parts[0].split(separator: "{").first.map(String.init) ?? ""
            guard !name.hasPrefix("ALERTS"), !recorded.contains(name) else { continue }
            // Labels have no spaces in these clusters: the value and the time are the last words.
            let key = parts.dropLast(2).joined(separator: " ")
            if values[key] == nil { order.append(key) }
            values[key, default: []].append((Int(parts[parts.count - 1]) ?? -1, String(parts[parts.count - 2])))
        }
        return order.map { key in
            let marked = (ends[key] ?? []).map { ($0, "stale") }
            var words: [String] = []
            var next = 0
            for (second, value) in ((values[key] ?? []).map { ($0.second, $0.value) } + marked).sorted(by: {
                $0.0 < $1.0
            }) {
                if second > next { words.append("_x\(second - next)") }
                words.append(value)
                next = second + 1
            }
            return Series(key, words.joined(separator: " "))
        }
    }
}

extension SeriesLabels {
    /// The labels with their values, without one of them.
    fileprivate func texts(without name: String) -> [String: String] {
        Dictionary(uniqueKeysWithValues: pairs.filter { $0.name != name }.map { ($0.name, $0.value) })
    }

    /// The series as OpenMetrics writes it.
    fileprivate var promtoolText: String {
        "\(name){\(unnamed.pairs.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ","))}"
    }
}
