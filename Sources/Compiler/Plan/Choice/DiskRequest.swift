/// What one replica asks of its node's disk.
package struct DiskRequest: Sendable {
    /// The weights that it downloads there, GiB; 0 where they are streamed, mounted or come as an image.
    package let weights: Double

    package init(_ model: ModelSpec, _ architecture: ModelArchitecture) {
        if case .huggingFace = model.weights.from.value {
            let own = model.hasOwnWeights ? model.weights.dtype?.value : nil
            weights = rounded(own.map(architecture.weights) ?? architecture.publishedWeights, decimals: 1)
        } else {
            weights = 0
        }
    }

    /// All of it, GiB.
    package var total: Int { roundedUp(Thresholds.replicaCache.value + weights) }

    /// Disk of a node that is left for replicas beside the images, GiB.
    package static func free(of type: InstanceType) -> Double {
        let disk = type.nvmeGB > 0 ? Double(type.nvmeGB) * 1e9 / gibibyte : Thresholds.rootVolume.value
        return disk * (1 - Thresholds.diskReserve.value) - Thresholds.imageStorage.value
    }

    /// How many replicas a node's disk carries.
    package func fitting(on type: InstanceType) -> Int { max(0, Int(DiskRequest.free(of: type) / Double(total))) }
}

extension ModelArchitecture {
    /// The weights as they are published, GiB.
    package var publishedWeights: Double {
        measuredWeightsGiB ?? weights(in: nativeDType)
    }

    /// The weights in a number format, counted, GiB.
    package func weights(in dtype: DType) -> Double {
        Double(parameters) * dtype.bytes / gibibyte + Double(extraMiB) / 1024
    }
}
