import Diagnostics

/// Who syncs the tree, and from where.
package struct GitOpsSpec: Sendable {
    package let engine: Traced<GitOpsEngine>
    package let repository: Traced<String>
    /// The tree's folder in the repository.
    package let path: Traced<String>
    package let revision: Traced<String>
    package let range: SourceRange
}
