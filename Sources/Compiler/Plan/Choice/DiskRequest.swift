/// What one replica asks of its node's disk.
package struct DiskRequest<N: Arithmetic>: Sendable {
    /// The weights that it downloads there, GiB; nil where they are streamed, mounted or come as an image.
    package let weights: N?

    package init(_ model: ModelSpec, _ workload: Workload) {
        guard case .huggingFace = model.weights.from.value else {
            weights = nil
            return
        }
        let (architecture, origin) = (workload.architecture, workload.architectureOrigin)
        let own = model.hasOwnWeights ? model.weights.dtype?.value : nil
        let published: N =
            own.map { architecture.weights(in: $0, origin) } ?? architecture.publishedWeights(origin)
        weights = published.rounded(1).named("downloaded weights", "GiB")
    }

    /// All of it, GiB.
    package var total: N {
        let cache = N.given(Thresholds.replicaCache)
        return weights.map { (cache + $0).roundedUp } ?? cache
    }

    /// Disk of a node that is left for replicas beside the images, GiB.
    package static func free(of type: InstanceType) -> N {
        let disk =
            type.nvmeGB > 0
            ? N.given("NVMe", Double(type.nvmeGB), "GB", .catalog(type.reference)) * .constant(1e9, "B/GB")
                / .constant(gibibyte, "B/GiB")
            : .given(Thresholds.rootVolume)
        return disk * (1 - .given(Thresholds.diskReserve)) - .given(Thresholds.imageStorage)
    }

    /// How many replicas a node's disk carries.
    package func fitting(on type: InstanceType) -> N {
        (Self.free(of: type) / total).roundedDown.named("replicas that its disk carries", "replicas")
    }
}

extension ModelArchitecture {
    /// The weights as they are published, GiB; `origin` says where the architecture was read.
    func publishedWeights<N: Arithmetic>(_ origin: Origin) -> N {
        measuredWeightsGiB.map { .given("measured weights", $0, "GiB", origin) } ?? weights(in: nativeDType, origin)
    }

    /// The weights in a number format, counted, GiB.
    func weights<N: Arithmetic>(in dtype: DType, _ origin: Origin) -> N {
        let counted =
            N.given("parameters", Double(parameters), "parameters", origin)
            * .given("bytes per weight", dtype.bytes, "B", .convention("weights in \(dtype.rawValue)"))
            / .constant(gibibyte, "B/GiB")
        return extraMiB == 0
            ? counted : counted + .given("other weights", Double(extraMiB), "MiB", origin) / .mebibytes
    }

    /// The weights as they are published, GiB.
    package var publishedWeights: Double { publishedWeights(.catalog(reference)) }
}
