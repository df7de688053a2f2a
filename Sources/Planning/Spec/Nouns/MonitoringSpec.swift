import Diagnostics
import Groundwork

/// The installed Prometheus, as the autoscaler and the rules reach it.
package struct MonitoringSpec: Sendable {
    /// The URL that queries go to.
    package let serverAddress: Traced<String>
    /// The Helm release; Prometheus selects monitors and rules by this label.
    package let release: Traced<String>
    package let namespace: Traced<String>
    package let kubeStateMetrics: Traced<Bool>
    /// The gateway whose request metrics show availability.
    package let gateway: Traced<Gateway>?
    /// Where the pages on alerts are.
    package let runbooks: Traced<String>?
    package let range: SourceRange
}

extension MonitoringSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        namespace = fields.optional(
            "namespace", .name(atMost: 54, because: "it is a namespace"), "the namespace of Prometheus",
            default: "monitoring", because: "kube-prometheus-stack's customary one")
        serverAddress = fields.optional(
            "serverAddress", .url, "where KEDA sends its queries; absent: prometheus-operated in that namespace",
            default: Traced(
                "http://prometheus-operated.\(namespace.value).svc:9090",
                because: "the Service that Prometheus Operator makes", Ingredient("namespace", namespace)))
        release = fields.optional(
            "release", .label, "the Helm release; Prometheus selects monitors and rules by it",
            default: "kube-prometheus-stack", because: "the chart's name")
        kubeStateMetrics = fields.optional(
            "kubeStateMetrics", .boolean, "whether kube-state-metrics runs", default: true,
            because: "kube-prometheus-stack brings it")
        runbooks = fields.optional(
            "runbooks", .url, "the folder of the pages on alerts (docs/runbooks); absent: alerts link to none")
        gateway = fields.optional("gateway", .word, "the gateway whose metrics show availability; absent: none")
    }
}
