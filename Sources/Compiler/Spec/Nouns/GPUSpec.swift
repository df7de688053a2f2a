import Diagnostics

/// How a model takes its GPUs.
package struct GPUSpec: Sendable {
    package internal(set) var share: Traced<GPUShare>
    package internal(set) var allocate: Traced<Allocation>
    /// GPUs per replica; nil means as few as fit.
    package internal(set) var tensorParallel: Traced<Int>?
    package let range: SourceRange
}

extension GPUSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        share = fields.optional(
            "share", .gpuShare, "how much of a GPU a replica takes", default: .whole, because: "nothing to share with")
        allocate = fields.optional(
            "allocate", .word, "who hands GPUs to pods", default: .devicePlugin,
            because: "Karpenter and preemption work with it")
        tensorParallel = fields.optional(
            "tensorParallel", .count(1...16, 4), "GPUs per replica; absent: as few as fit")
    }
}
