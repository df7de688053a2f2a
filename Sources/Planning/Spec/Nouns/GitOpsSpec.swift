import Diagnostics
import Groundwork

/// What syncs the manifests, and from where.
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
        engine = fields.required("engine", .word, "GitOps controller")
        repository = fields.required("repository", .repository, "Git repository with the generated manifests")
        path = fields.required("path", .folder, "folder of the manifests, relative to the root of the repository")
        revision = fields.optional(
            "revision", .revision, "branch, tag or commit", default: "main",
            because: "the default branch of most repositories")
        project = fields.optional(
            "project", .objectName.example("ml-platform"), "Argo CD project of the Application", default: "default",
            because: "the project that every Argo CD has by default")
        destination = fields.optional(
            "destination", .objectName.example("genai-prod"),
            "name of the cluster in Argo CD; default: the cluster that Argo CD runs in")
    }
}
