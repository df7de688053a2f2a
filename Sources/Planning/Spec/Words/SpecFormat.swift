/// The names of the spec format.
package enum SpecFormat {
    package static let apiVersion = "stowage.dev/v1alpha1"
    /// The kind of a cluster spec.
    package static let kind = "GPUCluster"
    /// The kind of a file for `extends`: it describes no cluster, and nothing in it is required.
    package static let baseKind = "GPUClusterBase"
    /// The kind of a document for `include`: the models of one team.
    package static let modelsKind = "GPUModels"
}
