import Groundwork

/// The Secret with which Flux reads a repository over SSH.
package func fluxSecret(_ gitops: GitOpsSpec, _ cluster: Traced<String>) -> Traced<String>? {
    gitops.repository.value.hasPrefix("ssh://") ? cluster.map { "stowage-\($0)-git" } : nil
}
