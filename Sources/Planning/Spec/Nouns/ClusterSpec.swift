import Diagnostics
import Groundwork

/// One cluster as its spec describes it: what is installed, what it may cost, which models run.
package struct ClusterSpec: Sendable {
    package let name: Traced<String>
    /// The labels and annotations of every generated object.
    @Boxed package private(set) var metadata: ObjectMetadata
    @Boxed package internal(set) var platform: PlatformSpec
    @Boxed package private(set) var gitops: GitOpsSpec?
    @Boxed package internal(set) var budget: BudgetSpec?
    @Boxed package internal(set) var instances: InstancesSpec
    package internal(set) var reservations: [ReservationSpec]
    package let businessHours: BusinessHoursSpec?
    package internal(set) var teams: [TeamSpec]
    package internal(set) var models: [ModelSpec]
    package let patches: [PatchSpec]
    package let range: SourceRange
    /// The texts that say all this.
    @Boxed package internal(set) var source: SpecSource
}

extension ClusterSpec {
    /// Reads a whole document, header and all.
    init(_ fields: inout FieldReader) {
        fields.requireAPIVersion()
        _ = fields.required(
            "kind",
            .constant(
                SpecFormat.kind, orInSchema: [SpecFormat.baseKind, SpecFormat.modelsKind], code: "second-document",
                help: "a cluster spec has this kind; a `\(SpecFormat.baseKind)` is only for `extends`"),
            "GPUCluster, or GPUClusterBase in a file that specs extend, or GPUModels in a file that they include")
        let header = fields.required(
            "metadata",
            { metadata in
                let name = metadata.required(
                    "name",
                    .name(atMost: 54, because: "prefix of the names of generated objects").example("genai-prod"),
                    "name of the output folder, and prefix of the names of its objects")
                return (name, ObjectMetadata(header: &metadata))
            }, "name of the spec, and labels and annotations of what is generated from it")
        self = fields.required(
            "spec", { ClusterSpec(&$0, name: header.0, header.1) }, "the cluster and the models that it serves")
    }

    private init(_ fields: inout FieldReader, name: Traced<String>, _ metadata: ObjectMetadata) {
        self.name = name
        range = fields.range
        source = SpecSource(fields.range.file)
        _ = fields.optional(
            "extends", .anyText.example("bases/fleet.yaml"),
            "path of a GPUClusterBase, relative to this file; what is not set here is inherited from it; default: none")
        _ = fields.list(
            "include", .anyText.example("teams/*/models.yaml"),
            "paths of files with GPUModels, relative to this file, where `*` is any part of a name; their models are added"
        )
        let platform = fields.required(
            "platform", PlatformSpec.init(_:),
            "what is installed on the cluster; decides which APIs the manifests may use")
        self.platform = platform
        let metadata = platform.metadata.overridden(by: metadata)
        self.metadata = metadata
        gitops = fields.optional(
            "gitops", GitOpsSpec.init(_:),
            "GitOps controller that syncs the manifests; default: no Application is generated")
        budget = fields.optional("budget", BudgetSpec.init(_:), "limit of the cost; default: no limit")
        instances = fields.always("instances", InstancesSpec.init(_:), "EC2 instances to use, for all models")
        reservations = fields.nouns(
            "reservations", ReservationSpec.init(_:), "reserved capacity that is already paid for; default: none")
        businessHours = fields.optional(
            "businessHours", BusinessHoursSpec.init(_:),
            "hours without voluntary node disruption, in platform.timezone; default: none")
        teams = fields.nouns(
            "teams", TeamSpec.init(_:), "limits and defaults for the models of each team; default: none")
        let (namespace, images) = (platform.namespace, platform.images)
        models = fields.nouns(
            "models", { ModelSpec(&$0, namespace: namespace, images: images) },
            "the models to serve; required unless `include` adds some", required: true)
        for index in models.indices {
            models[index].metadata = metadata.overridden(by: models[index].metadata)
        }
        patches = fields.nouns(
            "patches", PatchSpec.init(_:),
            "changes to generated objects, in order; those of a base come first; default: none")
    }
}
