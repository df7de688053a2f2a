/// How long a replica takes from the wish for it to its first answer, in parts; seconds.
package struct ColdStart: Sendable {
    package let nodeLaunch: Traced<Double>
    package let imagePull: Traced<Double>
    package let weightsLoad: Traced<Double>
    package let warmUp: Traced<Double>
    /// All parts together.
    package let total: Traced<Int>
    /// The parts inside the container: what the startup probe waits for.
    package let inContainer: Traced<Int>

    package init(_ model: ModelSpec, _ workload: Workload) {
        let own = model.coldStart
        nodeLaunch = own.nodeLaunch ?? .threshold(Thresholds.nodeLaunch)
        imagePull = own.imagePull ?? .threshold(Thresholds.imagePull)
        let weights = Traced(rounded(workload.loadedWeights, decimals: 2), workload.architectureOrigin)
        weightsLoad =
            own.weightsLoad
            ?? derive(
                "weights ÷ speed of their source", ("weights, GiB", weights),
                ("source", model.weights.from.map(\.kind)),
                ("speed, GiB/s", .threshold(model.weights.from.value.speed))
            ) { weights, _, speed in rounded(weights / speed, decimals: 1) }
        warmUp = own.warmUp ?? .threshold(Thresholds.warmUp)
        inContainer = derive("weights load + warm-up", ("weights load, s", weightsLoad), ("warm-up, s", warmUp)) {
            roundedUp($0 + $1)
        }
        total = derive(
            "node launch + image pull + weights load + warm-up", ("node launch, s", nodeLaunch),
            ("image pull, s", imagePull), ("weights load, s", weightsLoad), ("warm-up, s", warmUp)
        ) { roundedUp($0 + $1 + $2 + $3) }
    }

    /// The same total without its reasons.
    static func seconds(_ model: ModelSpec, _ workload: Workload) -> Double {
        let own = model.coldStart
        return (own.nodeLaunch?.value ?? Thresholds.nodeLaunch.value)
            + (own.imagePull?.value ?? Thresholds.imagePull.value)
            + (own.weightsLoad?.value
                ?? rounded(workload.loadedWeights / model.weights.from.value.speed.value, decimals: 1))
            + (own.warmUp?.value ?? Thresholds.warmUp.value)
    }
}

extension Workload {
    /// The weights that are read at the start, GiB: vLLM turns published ones into another format only then.
    var loadedWeights: Double { isQuantized ? architecture.publishedWeights : weights }
}

extension WeightsLocation {
    /// The kind of place, in a word of the spec's.
    fileprivate var kind: String {
        switch self {
        case .s3: "s3"
        case .huggingFace: "hf"
        case .persistentVolumeClaim: "pvc"
        case .image: "oci"
        }
    }

    /// How fast weights are read from there.
    fileprivate var speed: Threshold {
        switch self {
        case .s3: Thresholds.objectStorageSpeed
        case .huggingFace: Thresholds.hubSpeed
        case .persistentVolumeClaim: Thresholds.volumeSpeed
        case .image: Thresholds.imageSpeed
        }
    }
}
