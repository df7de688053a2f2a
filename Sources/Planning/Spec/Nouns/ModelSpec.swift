import Diagnostics
import Groundwork

/// One model: what it is, what it promises, what load it sees.
package struct ModelSpec: Sendable {
    package let name: Traced<String>
    /// Its name in the model catalog, which is its name on Hugging Face.
    package let source: Traced<String>
    /// Its shape, where the catalog does not know it.
    package let architecture: ArchitectureSpec?
    package internal(set) var weights: WeightsSpec
    /// The IAM role of its service account.
    package let roleArn: Traced<String>?
    package internal(set) var workloadClass: Traced<WorkloadClass>
    package internal(set) var priority: Traced<Priority>
    /// Over the cluster's.
    package internal(set) var instances: InstancesSpec
    /// A primary pool shared with the models that name the same.
    package internal(set) var pool: Traced<String>?
    /// The longest sequence served, in tokens.
    package internal(set) var context: Traced<Int>?
    package internal(set) var sla: SLASpec
    package internal(set) var traffic: TrafficSpec?
    package internal(set) var replicas: ReplicasSpec?
    package let scaling: ScalingSpec
    /// Replicas for which GPUs are kept free; nil means none.
    package let headroom: Traced<Int>?
    package internal(set) var gpu: GPUSpec
    package internal(set) var serving: ServingSpec
    package let coldStart: ColdStartSpec
    /// The user's own measurement; it wins over the capacity model.
    package let measured: MeasuredSpec?
    package let range: SourceRange
}

extension ModelSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        name = fields.required(
            "name", .name(atMost: 46, because: "its pool adds `-primary`, and names of objects end at 54"),
            "names its Deployment, its Service and what they are served as")
        let source = fields.required("source", .modelSource, "its name in the model catalog")
        self.source = source
        architecture = fields.optional("architecture", ArchitectureSpec.init(_:), "its shape, if the catalog lacks it")
        weights = fields.always("weights", { WeightsSpec(&$0, source: source) }, "where its weights come from")
        roleArn =
            fields.optional(
                "serviceAccount", { $0.required("roleArn", .roleArn, "the IAM role that its pods assume") },
                "its service account; absent: one without a role")
        workloadClass = fields.optional(
            "class", .word, "its row in the table of scaling thresholds", default: .interactive,
            because: "the most careful row")
        priority = fields.optional(
            "priority", .word, "who goes first when GPUs are scarce", default: .standard, because: "the middle")
        instances = fields.always(
            "instances", InstancesSpec.init(_:), "which EC2 instances to take, over the cluster's")
        pool = fields.optional(
            "pool", .name(atMost: 46, because: "`-primary` may follow, and names of objects end at 54"),
            "a primary pool shared with the models that name the same; absent: its own")
        context = fields.optional(
            "context", .tokens, "the longest sequence served; absent: what the model and its GPUs allow")
        sla = fields.always("sla", SLASpec.init(_:), "what it promises")
        traffic = fields.optional(
            "traffic", TrafficSpec.init(_:), "the load it has to carry; absent: replicas are required")
        replicas = fields.optional(
            "replicas", ReplicasSpec.init(_:), "bounds of its replicas; absent: derived from traffic")
        scaling = fields.always("scaling", ScalingSpec.init(_:), "how its replicas follow its load")
        headroom = fields.optional(
            "headroom", .count(1...100, 1),
            "for how many more replicas elastic GPUs are kept free, so that a surge waits for no node; absent: none")
        gpu = fields.always("gpu", GPUSpec.init(_:), "how it takes its GPUs")
        serving = fields.always("serving", ServingSpec.init(_:), "the vLLM that serves it")
        coldStart = fields.always(
            "coldStart", ColdStartSpec.init(_:), "how long a replica takes to start, where you know better")
        measured = fields.optional(
            "measured", MeasuredSpec.init(_:), "your own measurement; it wins over the capacity model")
    }
}
