import Diagnostics
import Groundwork

/// How a model uses GPUs.
package struct GPUSpec: Sendable {
    package internal(set) var share: Traced<GPUShare>
    package internal(set) var allocate: Traced<Allocation>
    /// How its pods request claimed GPUs.
    package let claim: Traced<ClaimForm>
    /// What provides its nodes; nil means Karpenter, for pending pods wherever it can.
    package let nodes: Traced<NodeSupply>?
    /// GPUs per replica; nil means as few as fit.
    package internal(set) var tensorParallel: Traced<Int>?
    /// Whether each GPU of a replica holds whole experts rather than a part of each; nil means where the weights' dtype needs it.
    package internal(set) var expertParallel: Traced<Bool>?
    /// Whether its replicas form a ComputeDomain, across whose nodes NVLink joins their GPUs.
    package let computeDomain: Traced<Bool>
    package let range: SourceRange
}

extension GPUSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        share = fields.optional(
            "share", .gpuShare, "how much of a GPU each replica uses", default: .whole,
            because: "GPUs are shared only on request")
        allocate = fields.optional(
            "allocate", .word, "what allocates GPUs to pods", default: .devicePlugin,
            because: "Karpenter and preemption work with it")
        claim = fields.optional(
            "claim", .word,
            "with `allocate: dra`: how its pods request GPUs, by a template of a ResourceClaim or by an extended-resource",
            default: .template, because: "every release that supports claims supports templates")
        nodes = fields.optional(
            "nodes", .nodeSupply,
            "what provides its nodes: Karpenter for pending pods (dynamic) or in advance (static), or a managed node group, "
                + "by name and with its maximum number of nodes; default: dynamic, or static where Karpenter launches no "
                + "nodes for claims")
        tensorParallel = fields.optional(
            "tensorParallel", .count(1...16, 4), "GPUs per replica; default: the fewest that fit")
        expertParallel = fields.optional(
            "expertParallel", .boolean,
            "whether each GPU of a replica holds whole experts instead of a part of each (--enable-expert-parallel); default: "
                + "only without `tensorParallel`, where the dtype of the weights needs it")
        computeDomain = fields.optional(
            "computeDomain", .boolean,
            "with `allocate: dra` on GB200: whether its replicas form a ComputeDomain, each on a whole node, and can access "
                + "each other's GPUs over NVLink",
            default: false, because: "needed only where replicas transfer their KV caches to each other")
    }
}
