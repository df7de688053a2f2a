/// What the files of this format are called.
package enum SpecFormat {
    package static let apiVersion = "stowage.dev/v1alpha1"
    /// The kind of a cluster spec.
    package static let kind = "GPUCluster"
    /// The kind of a file that only others extend: it names no cluster, and nothing in it is required.
    package static let baseKind = "GPUClusterBase"
}
