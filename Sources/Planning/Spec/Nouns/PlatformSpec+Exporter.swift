import Groundwork

extension PlatformSpec {
    /// The release of the DCGM exporter, which decides the names of GPU metrics.
    ///
    /// The values for the GPU Operator pin the release of the catalog. Where others run the exporter, its image is what the spec says.
    package var exporterRelease: Traced<Version> {
        let image = gpu.stack.value == .operator ? nil : images.dcgmExporter
        let own = Catalog.image(.dcgmExporter)
        return (image ?? own.traced { "\($0.repository):\($0.tag)" }).compactMap(exporterVersion)
            ?? own.traced { exporterVersion("\($0.repository):\($0.tag)") ?? Component.dcgmExporter.since(.release) }
    }
}
