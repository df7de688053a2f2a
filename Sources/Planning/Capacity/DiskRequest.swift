import Groundwork

/// The disk that one replica needs on its node.
package struct DiskRequest<N: Arithmetic>: Sendable {
    /// The weights that it downloads there, GiB; nil if they are streamed, mounted or come as an image.
    package let weights: N?

    package init(_ model: ModelSpec, _ workload: Workload) {
        guard case .huggingFace = model.weights.from.value else {
            weights = nil
            return
        }
        let own = model.hasOwnWeights ? model.weights.dtype?.value : nil
        let published: N = own.map { workload.weights(in: $0) } ?? workload.publishedWeights()
        weights = workload.downloadedWeights(published).rounded(1).named("downloaded weights", "GiB")
    }

    /// All of it, GiB.
    package var total: N {
        let cache = N.given(Assumptions.replicaCache)
        return weights.map { (cache + $0).roundedUp } ?? cache
    }

    /// How many replicas fit on a node's disk.
    package func fitting(on node: NodeResources<N>) -> N {
        (node.disk / total).roundedDown.named("replicas by disk", "replicas")
    }
}
