import Groundwork

/// A group of Prometheus rules.
package struct RuleGroup: Sendable {
    package let name: String
    package let rules: [PrometheusRule]
    /// How often they are evaluated; nil for the default of Prometheus.
    package var interval: Traced<String>?
}

/// A recording rule or an alert.
///
/// A class, because it is copied often.
package final class PrometheusRule: Sendable {
    package let record: String?
    package let alert: String?
    package let expression: Traced<String>
    package let forDuration: Traced<String>?
    package let labels: [(String, Traced<String>)]
    package let annotations: [(String, Traced<String>)]

    private init(
        record: String?, alert: String?, expression: Traced<String>, forDuration: Traced<String>?,
        labels: [(String, Traced<String>)], annotations: [(String, Traced<String>)]
    ) {
        self.record = record
        self.alert = alert
        self.expression = expression
        self.forDuration = forDuration
        self.labels = labels
        self.annotations = annotations
    }

    /// A recorded series; labels with numbers come last.
    static func record(
        _ name: String, _ expression: Traced<String>, _ labels: [(String, String)],
        counted: [(String, ReasonedText)] = []
    ) -> PrometheusRule {
        let why = "a label of the recorded series"
        return PrometheusRule(
            record: name, alert: nil, expression: expression, forDuration: nil,
            labels: labels.map { ($0.0, Traced($0.1, .convention(why))) } + counted.map { ($0.0, $0.1.because(why)) },
            annotations: [])
    }

    /// The rule with a link to the runbook of its alert, below a base URL; a recording rule has none.
    func linked(_ base: Traced<String>) -> PrometheusRule {
        guard let alert else { return self }
        let page = base.map { "\($0)\($0.hasSuffix("/") ? "" : "/")\(alert).md" }
        return PrometheusRule(
            record: nil, alert: alert, expression: expression, forDuration: forDuration, labels: labels,
            annotations: annotations + [("runbook_url", page)])
    }

    /// An alert with what an on-call engineer needs; it fires when its expression has held for some seconds.
    static func alert(
        _ name: String, _ expression: Traced<String>, forDuration: Reasoned?,
        because patience: String = "how long the condition must last before the alert fires", severity: String,
        labels: [(String, String)] = [],
        summary: ReasonedText, description: ReasonedText, runbook: String
    ) -> PrometheusRule {
        let duration: ReasonedText? = forDuration.map { "\($0)s" }
        return PrometheusRule(
            record: nil, alert: name, expression: expression, forDuration: duration?.because(patience),
            labels: [("severity", Traced(severity, .convention("how urgent the alert is")))]
                + labels.map { ($0.0, Traced($0.1, .convention("a label of the alert"))) },
            annotations: [
                ("summary", summary.because("the alert in one line")),
                ("description", description.because("what it means")),
                ("runbook", Traced(runbook, .convention("what to do first"))),
            ])
    }
}

/// Links alerts to their runbooks, if the spec gives the base URL.
func linked(_ groups: [RuleGroup], _ spec: ClusterSpec) -> [RuleGroup] {
    guard let base = spec.platform.monitoring.runbooks else { return groups }
    return groups.map { RuleGroup(name: $0.name, rules: $0.rules.map { $0.linked(base) }, interval: $0.interval) }
}
