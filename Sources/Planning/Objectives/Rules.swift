import Groundwork

/// A group of Prometheus rules.
package struct RuleGroup: Sendable {
    package let name: String
    package let rules: [PrometheusRule]
    /// How often they are evaluated; nil for as often as all others.
    package var interval: Traced<String>?
}

/// A recording rule or an alert.
///
/// A class, because copies of it are many.
package final class PrometheusRule: Sendable {
    package let record: String?
    package let alert: String?
    package let expression: Traced<String>
    package let hold: Traced<String>?
    package let labels: [(String, Traced<String>)]
    package let annotations: [(String, Traced<String>)]

    private init(
        record: String?, alert: String?, expression: Traced<String>, hold: Traced<String>?,
        labels: [(String, Traced<String>)], annotations: [(String, Traced<String>)]
    ) {
        self.record = record
        self.alert = alert
        self.expression = expression
        self.hold = hold
        self.labels = labels
        self.annotations = annotations
    }

    /// A recorded series; labels that are figures stand behind the others.
    static func record(
        _ name: String, _ expression: Traced<String>, _ labels: [(String, String)],
        counted: [(String, ReasonedText)] = []
    ) -> PrometheusRule {
        let why = "what the series is about"
        return PrometheusRule(
            record: name, alert: nil, expression: expression, hold: nil,
            labels: labels.map { ($0.0, Traced($0.1, .convention(why))) } + counted.map { ($0.0, $0.1.because(why)) },
            annotations: [])
    }

    /// The rule with a link to its alert's page below a base address; a recorded series has none.
    func linked(_ base: Traced<String>) -> PrometheusRule {
        guard let alert else { return self }
        let page = base.map { "\($0)\($0.hasSuffix("/") ? "" : "/")\(alert).md" }
        return PrometheusRule(
            record: nil, alert: alert, expression: expression, hold: hold, labels: labels,
            annotations: annotations + [("runbook_url", page)])
    }

    /// An alert with what a person needs at three in the morning; it fires when its expression has held for some seconds.
    static func alert(
        _ name: String, _ expression: Traced<String>, hold: Reasoned?,
        because patience: String = "how long it must last before anybody is told", severity: String,
        labels: [(String, String)] = [],
        summary: ReasonedText, description: ReasonedText, runbook: String
    ) -> PrometheusRule {
        let duration: ReasonedText? = hold.map { "\($0)s" }
        return PrometheusRule(
            record: nil, alert: name, expression: expression, hold: duration?.because(patience),
            labels: [("severity", Traced(severity, .convention("who is woken")))]
                + labels.map { ($0.0, Traced($0.1, .convention("what the alert is about"))) },
            annotations: [
                ("summary", summary.because("one line for the page")),
                ("description", description.because("what it means")),
                ("runbook", Traced(runbook, .convention("what to do first"))),
            ])
    }
}

/// Links alerts to their pages where the spec says where those are.
func linked(_ groups: [RuleGroup], _ spec: ClusterSpec) -> [RuleGroup] {
    guard let base = spec.platform.monitoring.runbooks else { return groups }
    return groups.map { RuleGroup(name: $0.name, rules: $0.rules.map { $0.linked(base) }, interval: $0.interval) }
}
