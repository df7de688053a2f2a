import Diagnostics
import Groundwork

/// The installed Prometheus, as the autoscaler and the rules reach it.
package struct MonitoringSpec: Sendable {
    /// The URL that queries go to.
    package let serverAddress: Traced<String>
    /// The Helm release; Prometheus selects monitors and rules by this label.
    package let release: Traced<String>
    package let namespace: Traced<String>
    /// Whether Prometheus Operator is installed, which reads monitors and rules.
    package let hasOperator: Traced<Bool>
    package let kubeStateMetrics: Traced<Bool>
    /// The gateway whose request metrics show availability.
    package let gateway: Traced<Gateway>?
    /// The base URL of the runbooks.
    package let runbooks: Traced<String>?
    /// How Prometheus is queried; nil means without credentials.
    package let auth: PrometheusAuthSpec?
    package let range: SourceRange
}

extension MonitoringSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        namespace = fields.optional(
            "namespace",
            .namespace.example("observability"), "namespace of Prometheus",
            default: "monitoring", because: "the usual namespace of kube-prometheus-stack")
        serverAddress = fields.optional(
            "serverAddress", .url, "URL that KEDA queries; default: prometheus-operated in that namespace",
            default: Traced(
                "http://prometheus-operated.\(namespace.value).svc:9090",
                because: "the Service that Prometheus Operator creates", Ingredient("namespace", namespace)))
        hasOperator = fields.optional(
            "operator", .boolean,
            "whether Prometheus Operator is installed; if not, rules and scrape configuration are files in `prometheus/` instead "
                + "of PrometheusRules and ServiceMonitors",
            default: true, because: "kube-prometheus-stack includes it")
        auth = fields.optional(
            "auth", PrometheusAuthSpec.init(_:),
            "how KEDA and prometheus-adapter authenticate at that URL; default: without credentials")
        release = fields.optional(
            "release", .label, "Helm release, the label by which Prometheus selects monitors and rules",
            default: "kube-prometheus-stack", because: "the name of the chart")
        kubeStateMetrics = fields.optional(
            "kubeStateMetrics", .boolean, "whether kube-state-metrics is installed", default: true,
            because: "kube-prometheus-stack includes it")
        runbooks = fields.optional(
            "runbooks", .url.example("https://git.example.com/platform/fleet/docs/runbooks"),
            "base URL of the runbooks (docs/runbooks); default: alerts have no runbook link")
        gateway = fields.optional("gateway", .word, "gateway whose metrics measure availability; default: none")
    }
}
