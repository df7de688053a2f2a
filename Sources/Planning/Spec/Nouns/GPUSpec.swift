import Diagnostics
import Groundwork

/// How a model takes its GPUs.
package struct GPUSpec: Sendable {
    package internal(set) var share: Traced<GPUShare>
    package internal(set) var allocate: Traced<Allocation>
    /// How its pods ask for claimed GPUs.
    package let claim: Traced<ClaimForm>
    /// Who brings its nodes; nil means Karpenter, when pods come wherever it can.
    package let nodes: Traced<NodeSupply>?
    /// GPUs per replica; nil means as few as fit.
    package internal(set) var tensorParallel: Traced<Int>?
    /// Whether each GPU of a replica holds whole experts rather than a part of each; nil means where the weights' format needs it.
    package internal(set) var expertParallel: Traced<Bool>?
    /// Whether its replicas form a ComputeDomain, across whose nodes NVLink joins their GPUs.
    package let computeDomain: Traced<Bool>
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
        claim = fields.optional(
            "claim", .word, "with `allocate: dra`: how its pods ask, by a template or by an extended-resource",
            default: .template, because: "every provisioner and release that knows claims knows templates")
        nodes = fields.optional(
            "nodes", .nodeSupply,
            "who brings its nodes: Karpenter when pods come (dynamic) or ahead of them (static), or a managed node group, "
                + "by name and with the most nodes that it may have; absent: static only where Karpenter starts no node "
                + "for a claim")
        tensorParallel = fields.optional(
            "tensorParallel", .count(1...16, 4), "GPUs per replica; absent: as few as fit")
        expertParallel = fields.optional(
            "expertParallel", .boolean,
            "whether each GPU of a replica holds whole experts instead of a part of each (--enable-expert-parallel); absent: "
                + "only without `tensorParallel`, where the format of the weights needs it")
        computeDomain = fields.optional(
            "computeDomain", .boolean,
            "with `allocate: dra` on GB200: whether its replicas form a ComputeDomain, each on a whole node, and may reach each "
                + "other's GPUs over NVLink",
            default: false, because: "replicas need each other's GPUs only where they hand over their caches")
    }
}
