import Groundwork

/// The names that GPU metrics have in the release of the DCGM exporter that runs.
package struct ExporterFields: Sendable {
    package let release: Traced<Version>

    package init(_ release: Traced<Version>) { self.release = release }

    /// The labels that tell GPUs apart: `UUID` has the same name in all releases, and either of two labels has the node.
    package static let gpuLabels = "UUID, gpu, \(nodeLabels)"
    /// The labels that tell nodes apart: `Hostname` before 4.8.3, `hostname` since.
    package static let nodeLabels = "Hostname, hostname"

    /// The metric of a field under its name in the release; nil if that is not known.
    package func named(_ metric: MetricName) -> MetricName? { metric.field(at: release.value) }

    /// Whether utilization is a ratio, not a percentage.
    package var hasRatios: Bool { Component.dcgmExporter.offers(.renamedFields, at: release.value) }
}
