import Diagnostics
import Groundwork

/// One team: what holds for all of its models, which they cannot exceed.
package struct TeamSpec: Sendable {
    package let name: Traced<String>
    /// The namespace of all of its models; nil means any.
    package let namespace: Traced<String>?
    /// Labels of the objects and pods of all of its models.
    package let labels: [ObjectMetadata.Entry]
    /// The highest priority of its models; nil means any.
    package let maxPriority: Traced<Priority>?
    /// The limit of what its models cost in the worst case; nil means none.
    package let budget: Traced<TeamBudget>?
    package let range: SourceRange
}

extension TeamSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        name = fields.required("name", .team, "name of the team, as in the files of its models")
        namespace = fields.optional(
            "namespace", .namespace.example("search"),
            "namespace of all of its models; default: that of each model")
        labels = fields.table(
            "labels", .labelKey, .labelValue,
            "labels of the objects and pods of all of its models, which they cannot change; default: none")
        _ = fields.optional(
            "defaults", TeamDefaults.init(_:), "what its models have if they do not set it; default: none")
        maxPriority = fields.optional(
            "maxPriority", .word,
            "highest priority that its models may set; if it is best-effort, also their default; default: no limit")
        budget = fields.optional(
            "budget", .teamBudget,
            "limit of what its models cost in the worst case: a share of the cluster's budget, or money; default: no limit"
        )
    }
}

/// Fields that the models of a team inherit; they are read as fields of each model.
private struct TeamDefaults {}

extension TeamDefaults {
    init(_ fields: inout FieldReader) {
        let workload: Traced<WorkloadClass>? = fields.optional(
            "class", .word, "workload class of a model without one; default: that of models")
        let priority: Traced<Priority>? = fields.optional(
            "priority", .word, "priority of a model without one; default: that of models")
        _ = (workload, priority)
    }
}
