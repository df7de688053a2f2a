import Diagnostics
import Groundwork

/// One cluster as its owner describes it: what is installed, what may be spent, which models run.
package struct ClusterSpec: Sendable {
    package let name: Traced<String>
    package internal(set) var platform: PlatformSpec
    package let gitops: GitOpsSpec?
    package internal(set) var budget: BudgetSpec?
    package internal(set) var instances: InstancesSpec
    package internal(set) var reservations: [ReservationSpec]
    package let businessHours: BusinessHoursSpec?
    package internal(set) var models: [ModelSpec]
    package let range: SourceRange
    /// The texts that say all this.
    package internal(set) var source: SpecSource
}

extension ClusterSpec {
    /// Reads a whole document, header and all.
    init(_ fields: inout FieldReader) {
        _ = fields.required(
            "apiVersion",
            .constant(
                SpecFormat.apiVersion, code: "unknown-api-version", help: "this version of Stowage reads no other"),
            "the version of this format")
        _ = fields.required(
            "kind",
            .constant(
                SpecFormat.kind, orInSchema: SpecFormat.baseKind, code: "foreign-document",
                help: "a cluster spec is of this kind; a `\(SpecFormat.baseKind)` is only extended"),
            "GPUCluster; GPUClusterBase in a file that specs extend")
        let name = fields.required(
            "metadata",
            { metadata in
                let name = metadata.required(
                    "name", .name(atMost: 54, because: "it begins the names of what Stowage emits"),
                    "names the cluster's folder and its objects")
                _ = metadata.table("labels", .anyText, .anyText, "labels for your own use")
                _ = metadata.table("annotations", .anyText, .anyText, "annotations for your own use")
                return name
            }, "names this spec")
        self = fields.required("spec", { ClusterSpec(&$0, name: name) }, "what the cluster is and what it runs")
    }

    private init(_ fields: inout FieldReader, name: Traced<String>) {
        self.name = name
        range = fields.range
        source = SpecSource(fields.range.file)
        _ = fields.optional(
            "extends", .anyText,
            "a GPUClusterBase to take everything from that is not said here, as a path relative to this file")
        platform = fields.required(
            "platform", PlatformSpec.init(_:), "what is installed; decides which APIs may be emitted")
        gitops = fields.optional("gitops", GitOpsSpec.init(_:), "who syncs the tree; absent: no Application is emitted")
        budget = fields.optional("budget", BudgetSpec.init(_:), "what the fleet may cost; absent: no bound")
        instances = fields.always("instances", InstancesSpec.init(_:), "which EC2 instances to take, for all models")
        reservations = fields.nouns("reservations", ReservationSpec.init(_:), "capacity that is already paid for")
        businessHours = fields.optional(
            "businessHours", BusinessHoursSpec.init(_:),
            "when nodes are not disrupted voluntarily, in platform.timezone")
        models = fields.nouns("models", ModelSpec.init(_:), "the models to serve", required: true)
    }
}
