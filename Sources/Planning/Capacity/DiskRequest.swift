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
        weights = published.rounded(1).named("downloaded weights", "GiB")
    }

    /// All of it, GiB.
    package var total: N {
        let cache = N.given(Assumptions.replicaCache)
        return weights.map { (cache + $0).roundedUp } ?? cache
    }

    /// Disk of a node that is left for replicas besides the images, GiB.
    package static func free(of type: InstanceType) -> N {
        let disk =
            type.nvmeGB > 0
            ? N.given("NVMe", Double(type.nvmeGB), "GB", .catalog(type.reference)) * .constant(1e9, "B/GB")
                / .bytesPerGiB
            : .given(Thresholds.rootVolume)
        return disk * (1 - .given(Thresholds.diskReserve)) - .given(Assumptions.imageStorage)
    }

    /// How many replicas fit on a node's disk.
    package func fitting(on type: InstanceType) -> N {
        (Self.free(of: type) / total).roundedDown.named("replicas by disk", "replicas")
    }
}
