import Groundwork

/// How long a replica takes from the scale-up decision to its first response, in parts; seconds.
package struct ColdStart<N: Arithmetic>: Sendable {
    package let nodeLaunch: N
    package let imagePull: N
    package let weightsLoad: N
    package let warmUp: N

    package init(_ model: ModelSpec, _ workload: Workload) {
        let own = model.coldStart
        let source = model.weights.from.value
        nodeLaunch = own.nodeLaunch.map { .given("node launch", $0, "s") } ?? .given(Assumptions.nodeLaunch)
        imagePull = own.imagePull.map { .given("image pull", $0, "s") } ?? .given(Assumptions.imagePull)
        let loading = workload.downloadedWeights(workload.loadedWeights(N.self)) / .given(source.speed)
        weightsLoad =
            own.weightsLoad.map { .given("weights load", $0, "s") } ?? loading.rounded(1).named("weights load", "s")
        warmUp = own.warmUp.map { .given("warm-up", $0, "s") } ?? .given(Assumptions.warmUp)
    }

    /// The parts inside the container: what the startup probe waits for.
    var inContainer: N { (weightsLoad + warmUp).named("weights load and warm-up", "s") }

    /// All parts together.
    var total: N { (nodeLaunch + imagePull + weightsLoad + warmUp).named("cold start", "s") }
}

extension WeightsLocation {
    /// How fast weights are read from there.
    fileprivate var speed: Parameter {
        switch self {
        case .s3: Assumptions.objectStorageSpeed
        case .huggingFace: Assumptions.hubSpeed
        case .persistentVolumeClaim: Assumptions.volumeSpeed
        case .image: Assumptions.imageSpeed
        }
    }
}
