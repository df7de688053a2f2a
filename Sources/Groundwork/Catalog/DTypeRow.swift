/// The minimum compute capability for a dtype in vLLM: a row of `dtypes.csv`.
package struct DTypeRow: CatalogRow {
    /// What has the dtype.
    package enum Use: String, Sendable {
        case weights
        case cache = "kv-cache"
        /// The KV cache of latent attention, or with attention sinks.
        case latentCache = "latent-kv-cache"
    }
    /// What the GPU computes in.
    package enum Arithmetic: String, Sendable { case native, sixteenBits = "16-bit" }

    package let format: DType
    package let use: Use
    /// The minimum CUDA compute capability.
    package let since: Version
    /// The releases of vLLM that support it; without an upper bound if no supported one drops it.
    package let releases: (from: Version, until: Version?)
    package let computes: Arithmetic
    package let reference: CatalogReference

    /// Reads the table of dtypes.
    static func load() -> [DTypeRow] {
        scan("dtypes", columns: ["format", "use", "since", "from", "until", "computes", "kernel", "source"]) {
            row in
            let (format, use, since) = (row.word(DType.self), row.word(Use.self), row.version())
            let (from, until) = (row.version(), Version(row.text()))
            let computes = row.word(Arithmetic.self)
            let kernel = row.text()
            let name = "\(format.rawValue) from \(since)" + (kernel.isEmpty ? "" : " by \(kernel)")
            return DTypeRow(
                format: format, use: use, since: since, releases: (from, until), computes: computes,
                reference: row.reference(name, source: row.text()))
        }
    }
}

extension GPU {
    /// How a release of vLLM runs a dtype on it; nil if it does not.
    package func runs(_ format: DType, _ use: DTypeRow.Use = .weights, release: Version) -> DTypeRow? {
        let minor = Version(release.major, release.minor)
        return Catalog.dtypes.last {
            $0.format == format && $0.use == use && $0.since <= capability
                && $0.releases.from <= minor && minor <= $0.releases.until ?? minor
        }
    }
}
