/// A GPU product that EC2 offers: a row of `gpus.csv`.
///
/// A class, because every candidate of every model refers to one.
package final class GPU: CatalogRow {
    /// How far the figures can be trusted.
    package enum Confidence: String, Sendable { case measured, guess }

    /// Its id in Stowage, for example `a100-40gb`.
    package let id: String
    /// The name that drivers report, for example `NVIDIA A100-SXM4-40GB`.
    package let product: String
    package let architecture: String
    /// CUDA compute capability.
    package let capability: Version
    /// Memory as EC2 or the driver reports it.
    package let memoryMiB: Int
    /// Memory that CUDA provides to a process.
    package let usableMiB: Int
    /// Memory bandwidth in 10⁹ bytes per second.
    package let bandwidthGBps: Double
    /// Dense 10¹² operations per second at 16 bits.
    package let bf16TFLOPS: Double
    package let fp8TFLOPS: Double?
    package let fp4TFLOPS: Double?
    /// NVLink, 10⁹ bytes per second and direction; nil if the GPUs of a node only share PCIe.
    package let nvlinkGBps: Double?
    /// Compute slices that MIG divides it into; 0 without MIG.
    package let computeSlices: Int
    /// Memory slices that MIG divides it into; 0 without MIG.
    package let memorySlices: Int
    /// Predicted over published peak throughput: a predicted throughput is divided by it.
    package let derate: Double
    package let confidence: Confidence
    package let reference: CatalogReference

    package var hasMIG: Bool { computeSlices > 0 }

    private init(_ row: inout RowScanner) {
        id = row.text()
        product = row.text()
        architecture = row.text()
        capability = row.version()
        memoryMiB = row.integer()
        usableMiB = row.integer()
        bandwidthGBps = row.number()
        bf16TFLOPS = row.number()
        fp8TFLOPS = row.number(orEmpty: ())
        fp4TFLOPS = row.number(orEmpty: ())
        nvlinkGBps = row.number(orEmpty: ())
        computeSlices = row.integer()
        memorySlices = row.integer()
        derate = row.number()
        confidence = row.word(Confidence.self)
        reference = row.reference(id, source: row.text())
    }

    /// Reads the table of GPUs.
    static func load() -> [GPU] {
        let columns = [
            "gpu", "product", "architecture", "capability", "mib", "usable-mib", "gbytes-per-second", "bf16-tflops",
            "fp8-tflops",
            "fp4-tflops", "nvlink-gbytes-per-second", "mig-compute", "mig-memory", "derate", "confidence", "source",
        ]
        return scan("gpus", columns: columns) { GPU(&$0) }
    }
}
