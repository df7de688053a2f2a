import Diagnostics
import Groundwork

/// One model: its weights, its objectives and its load.
package struct ModelSpec: Sendable {
    package let name: Traced<String>
    /// Its name in the model catalog, which is its name on Hugging Face.
    package let source: Traced<String>
    /// What it does with its input.
    package let task: Traced<ModelTask>
    /// Its architecture, where the catalog does not have it.
    @Boxed package private(set) var architecture: ArchitectureSpec?
    @Boxed package internal(set) var weights: WeightsSpec
    /// The team that it belongs to; nil means none.
    package let team: Traced<String>?
    /// The namespace of its objects.
    package let namespace: Traced<String>
    package let serviceAccount: ServiceAccountSpec?
    package internal(set) var workloadClass: Traced<WorkloadClass>
    package internal(set) var priority: Traced<Priority>
    /// Overrides the cluster's.
    @Boxed package internal(set) var instances: InstancesSpec
    /// A primary pool shared with the models that name the same.
    package internal(set) var pool: Traced<String>?
    /// Nodes that exist already, in place of a pool.
    package let existing: ExistingPoolSpec?
    /// The longest sequence served, in tokens.
    package internal(set) var context: Traced<Int>?
    @Boxed package internal(set) var sla: SLASpec
    @Boxed package internal(set) var traffic: TrafficSpec?
    package internal(set) var replicas: ReplicasSpec?
    @Boxed package private(set) var scaling: ScalingSpec
    /// Replicas for which GPUs are kept free; nil means none.
    package let headroom: Traced<Int>?
    @Boxed package internal(set) var gpu: GPUSpec
    @Boxed package internal(set) var serving: ServingSpec
    @Boxed package internal(set) var coldStart: ColdStartSpec
    /// The user's own measurement; it overrides the capacity model.
    @Boxed package private(set) var measured: MeasuredSpec?
    /// Labels and annotations of its objects and pods: its own, over those of the cluster.
    @Boxed package internal(set) var metadata: ObjectMetadata
    package let range: SourceRange
}

extension ModelSpec {
    /// Reads a model; `namespace` is that of models that set none, and `images` where images come from.
    init(_ fields: inout FieldReader, namespace: Traced<String>, images: ImagesSpec) {
        range = fields.range
        let name = fields.required(
            "name", .name(atMost: 46, because: "its pool adds `-primary`, and object names have at most 54 characters"),
            "name of its Deployment, its Service and the served model")
        self.name = name
        let source = fields.required("source", .modelSource, "name in the model catalog")
        self.source = source
        let task: Traced<ModelTask> = fields.optional(
            "task", .word, "what it does with its input: generate text, embed it, or rerank documents",
            default: .generate, because: "most served models generate text")
        self.task = task
        team = fields.optional(
            "team", .team, "the team that it belongs to; default: the team that its file names, or none")
        self.namespace = fields.optional(
            "namespace", .namespace.example("search"),
            "namespace of its objects; default: that of its team, or else `platform.namespace`", default: namespace)
        architecture = fields.optional(
            "architecture", { ArchitectureSpec(&$0, task: task.value) },
            "its architecture, if the model catalog does not have it; default: that of the catalog")
        weights = fields.always("weights", { WeightsSpec(&$0, source: source) }, "location and dtype of its weights")
        serviceAccount = fields.optional(
            "serviceAccount", ServiceAccountSpec.init(_:),
            "its ServiceAccount; default: that of the namespace, whose token is not mounted")
        workloadClass = fields.optional(
            "class", .word, "workload class: its row in the table of scaling thresholds", default: .interactive,
            because: "the most conservative row")
        priority = fields.optional(
            "priority", .word, "scheduling priority when GPUs are scarce", default: .standard,
            because: "the middle priority")
        let instances = fields.always(
            "instances", InstancesSpec.init(_:),
            "EC2 instances to use: `prefer` and `spot` override the cluster's, `avoid` adds to it; default: the cluster's"
        )
        let placed = fields.optional(
            "pool",
            .name(atMost: 46, because: "`-primary` may be added, and object names have at most 54 characters")
                .example("chat"), or: ExistingPoolSpec.init(_:),
            "primary pool, shared by the models that name the same, or nodes that exist already; default: a pool of its own"
        )
        pool = placed.value
        existing = placed.mapping
        self.instances = existing.map { instances.replaced(by: $0, &fields.report) } ?? instances
        context = fields.optional(
            "context", .tokens.example("8192", "16k"),
            "longest sequence to serve, in tokens; default: what the model and its GPUs allow")
        sla = fields.always("sla", SLASpec.init(_:), "its latency and availability objectives")
        traffic = fields.optional(
            "traffic", { TrafficSpec(&$0, task: task.value) }, "its load; required unless `replicas` is set")
        replicas = fields.optional(
            "replicas", ReplicasSpec.init(_:), "minimum and maximum of its replicas; default: derived from traffic")
        scaling = fields.always("scaling", ScalingSpec.init(_:), "how its replicas scale with its load")
        headroom = fields.optional(
            "headroom", .count(1...100, 1),
            "number of replicas for which elastic GPUs are kept free, so that a surge does not wait for nodes; default: none"
        )
        gpu = fields.always("gpu", GPUSpec.init(_:), "how it uses GPUs")
        serving = fields.always("serving", { ServingSpec(&$0, images: images, model: name) }, "vLLM, which serves it")
        coldStart = fields.always(
            "coldStart", ColdStartSpec.init(_:), "startup time of a replica, where you know it")
        measured = fields.optional(
            "measured", MeasuredSpec.init(_:), "your own measurement; it overrides the capacity model; default: none")
        metadata = ObjectMetadata(&fields, on: "its objects and pods, besides those of the cluster")
    }
}
