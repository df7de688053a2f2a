import Diagnostics
import Groundwork

extension Rule {
    static let alertSeveritiesInverted = Rule(
        "alert-severities-inverted", .monitoring, .warning,
        why: "if a warning fires only after the critical alert on the same expression, it gives no advance notice",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: sum(vllm:num_requests_waiting) > 20, labels: {severity: warning}}
                - {alert: B, expr: sum(vllm:num_requests_waiting) > 50, labels: {severity: critical}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: sum(vllm:num_requests_waiting) > 50, for: 10m, labels: {severity: warning}}
                - {alert: B, expr: sum(vllm:num_requests_waiting) > 50, for: 1h, labels: {severity: critical}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: up:ratio < 0.99, labels: {severity: warning}}
                - {alert: B, expr: up:ratio < 0.9, labels: {severity: critical}}
                - {alert: C, expr: up:ratio > 0.9, labels: {severity: info}}
                - {alert: D, expr: other:ratio < 0.999, labels: {severity: critical}}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: sum(vllm:num_requests_waiting) > ↓100, labels: {severity: warning}}
                - {alert: B, expr: sum(vllm:num_requests_waiting) > 50, labels: {severity: critical}}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: up:ratio < ↓0.9, labels: {severity: ticket}}
                - {alert: B, expr: up:ratio <= 0.99, labels: {severity: page}}
                - {alert: C, expr: sum( b ) >= ↓51, labels: {severity: info}}
                - {alert: D, expr: sum(b) > 50, labels: {severity: warning}}
            """,
        ]
    ) { tree, findings in
        let alerts = tree.queries.compactMap { SteppedAlert($0) }
        let ofFigure = Dictionary(grouping: alerts, by: \.figure)
        for alert in alerts {
            let later = ofFigure[alert.figure]?.first { other in
                other.rank > alert.rank && (alert.isAbove ? alert.bound > other.bound : alert.bound < other.bound)
            }
            guard let later else { continue }
            findings.add(
                "\(alert.use.words) has severity `\(alert.severity)` at \(PromQL.number(alert.bound)), after \(later.use.words) with severity `\(later.severity)` at \(PromQL.number(later.bound))",
                at: alert.place, label: "reached after the more severe alert",
                notes: [.init("the more severe alert is here", at: later.place)])
        }
    }
}

/// An alert that fires when an expression crosses a threshold.
private struct SteppedAlert {
    let use: Inventory.QueryUse
    /// The compared expression, without spaces, and the direction of the comparison.
    let figure: String
    let isAbove: Bool
    let bound: Double
    let place: SourceRange
    let severity: String
    let rank: Int

    private static let ranks = ["info": 0, "warning": 1, "ticket": 1, "critical": 2, "page": 2]

    init?(_ use: Inventory.QueryUse) {
        guard case .rule(let rule) = use.owner, use.alert != nil, let query = use.query, let text = use.value.text,
            case .binary(let binary) = query.content, let isAbove = binary.operation.isAbove,
            let bound = binary.right.constant, let severity = rule["labels"]?["severity"]?.text,
            let rank = Self.ranks[severity]
        else { return nil }
        let left = binary.left.extent
        self.use = use
        self.isAbove = isAbove
        self.bound = bound
        self.severity = severity
        self.rank = rank
        place = use.place(binary.right.extent)
        let figure = text.utf8.dropFirst(left.lowerBound).prefix(left.count).filter { $0 != 0x20 && $0 != 0x0A }
        self.figure = (isAbove ? ">" : "<") + String(decoding: figure, as: UTF8.self)
    }
}

extension Query.Operator {
    /// Whether it holds above a bound, and not below it; nil if it is another operator.
    fileprivate var isAbove: Bool? {
        switch self {
        case .above, .atLeast: true
        case .below, .atMost: false
        default: nil
        }
    }
}
