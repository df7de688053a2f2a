import Diagnostics
import Groundwork

/// Who syncs the tree, and from where.
package struct GitOpsSpec: Sendable {
    package let engine: Traced<GitOpsEngine>
    package let repository: Traced<String>
    /// The tree's folder in the repository.
    package let path: Traced<String>
    package let revision: Traced<String>
    /// The Argo CD project that may sync it.
    package let project: Traced<String>
    /// The cluster's name in Argo CD; nil for the one in which Argo CD runs.
    package let destination: Traced<String>?
    package let range: SourceRange
}

extension GitOpsSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        engine = fields.required("engine", .word, "the controller that syncs")
        repository = fields.required("repository", .repository, "the Git repository that holds the tree")
        path = fields.required("path", .folder, "the tree's folder, from the repository's root")
        revision = fields.optional(
            "revision", .revision, "the branch, tag or commit", default: "main", because: "Git's customary branch")
        project = fields.optional(
            "project", .objectName, "the Argo CD project that may sync it", default: "default",
            because: "the project that every Argo CD has")
        destination = fields.optional(
            "destination", .objectName, "the cluster's name in Argo CD; without it, the cluster in which Argo CD runs")
    }
}
