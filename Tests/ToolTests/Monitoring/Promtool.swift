import Foundation
import TestTools
import Testing

/// A file for `promtool test rules`.
///
/// JSON is YAML.
struct PromtoolFile: Encodable {
    let ruleFiles: [String]
    let evaluationInterval: String
    /// The groups in the order in which they are evaluated; nil for any.
    var groupEvalOrder: [String]?
    let tests: [PromtoolTest]
}

/// What Prometheus is fed, and which alerts fire when.
struct PromtoolTest: Encodable {
    let name: String
    let interval: String
    let inputSeries: [Series]
    let alertRuleTest: [AlertTest]
    var promqlExprTest: [ExpressionTest] = []

    struct AlertTest: Encodable {
        let evalTime: String
        let alertname: String
        let expAlerts: [Alert]
    }

    struct Alert: Encodable {
        let expLabels: [String: String]
        let expAnnotations: [String: String]
    }

    struct ExpressionTest: Encodable {
        let expr: String
        let evalTime: String
        let expSamples: [Sample]
    }

    struct Sample: Encodable {
        let labels: String
        let value: Double
    }
}

/// One series of synthetic samples, in promtool's notation.
struct Series: Encodable {
    let series: String
    let values: String

    /// A series as it is written, with values in promtool's notation.
    init(_ series: String, _ values: String) {
        self.series = series
        self.values = values
    }

    init(_ name: String, _ labels: [String: String], _ samples: Samples) {
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
        series = "\(name){\(pairs.joined(separator: ", "))}"
        values = samples.text
    }
}

/// Samples at equal distances: long enough for every test where nothing else is said.
struct Samples {
    let text: String

    static func constant(_ value: Double) -> Samples { Samples(text: "\(value)+0x\(long)") }
    static func growing(by step: Double) -> Samples { Samples(text: "0+\(step)x\(long)") }

    /// A counter that grows by a step for some samples, then by another.
    static func growing(_ phases: [(step: Double, samples: Int)]) -> Samples {
        var start = 0.0
        let parts = phases.map { phase in
            defer { start += phase.step * Double(phase.samples) }
            return "\(start)+\(phase.step)x\(phase.samples - 1)"
        }
        return Samples(text: parts.joined(separator: " "))
    }

    /// A gauge that has one value for some samples, then another.
    static func steps(_ phases: [(value: Double, samples: Int)]) -> Samples {
        Samples(text: phases.map { "\($0.value)+0x\($0.samples - 1)" }.joined(separator: " "))
    }

    private static let long = 400
}

/// Whether promtool runs here.
let hasPromtool = works(["promtool", "--version"])

/// Lets promtool try rules on synthetic series.
func runPromtool(
    _ rules: [String: Data], every interval: String, _ tests: [PromtoolTest], order: [String]? = nil
) throws {
    guard !tests.isEmpty else { return }
    try withTemporaryFolder { scratch in
        for (name, content) in rules { try content.write(to: scratch.appending(path: name)) }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.withoutEscapingSlashes, .prettyPrinted, .sortedKeys]
        let file = PromtoolFile(
            ruleFiles: rules.keys.sorted(), evaluationInterval: interval, groupEvalOrder: order, tests: tests)
        try encoder.encode(file).write(to: scratch.appending(path: "tests.yaml"))
        let outcome = try run(["promtool", "test", "rules", "tests.yaml"], in: scratch)
        #expect(outcome.status == 0, "\(outcome.said)")
    }
}
