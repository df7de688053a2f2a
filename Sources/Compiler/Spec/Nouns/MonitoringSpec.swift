import Diagnostics

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
    package let range: SourceRange
}
