import Diagnostics
import Groundwork

/// The EBS volume of a node.
package struct VolumeSpec: Sendable {
    /// GiB; nil means what images, caches and weights need on the type.
    package let size: Traced<Int>?
    package let type: Traced<VolumeType>
    package let iops: Traced<Int>?
    /// MiB/s.
    package let throughput: Traced<Int>?
    package let kmsKey: Traced<String>?
    package let range: SourceRange
}

extension VolumeSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        size = fields.optional(
            "size", .gibibytes(20...65_536, "500Gi"),
            "its size; default: \(Thresholds.rootVolume.text)Gi, or \(Thresholds.rootVolumeBesideNVMe.text)Gi where NVMe stores images"
        )
        type = fields.optional(
            "type", .word, "its EBS type", default: .gp3, because: "the cheapest type on SSDs")
        iops = fields.optional(
            "iops", .count(100...256_000, 10_000),
            "its I/O operations per second; required by io1 and io2; default: those of the type")
        throughput = fields.optional(
            "throughput", .count(125...2000, 500), "its throughput in MiB/s, for gp3 only; default: 125")
        kmsKey = fields.optional(
            "kmsKey", .kmsKey, "KMS key that encrypts it; default: the account's key for EBS")
    }
}
