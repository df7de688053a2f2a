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

    package init(_ workload: Workload) {
        nodeLaunch = .threshold(Thresholds.nodeLaunch)
        imagePull = .threshold(Thresholds.imagePull)
        let weights = Traced(rounded(workload.weights, decimals: 2), workload.architectureOrigin)
        weightsLoad = derive(
            "weights ÷ weights bandwidth", ("weights, GiB", weights),
            ("weights bandwidth, GiB/s", .threshold(Thresholds.weightsBandwidth))
        ) { rounded($0 / $1, decimals: 1) }
        warmUp = .threshold(Thresholds.warmUp)
        inContainer = derive("weights load + warm-up", ("weights load, s", weightsLoad), ("warm-up, s", warmUp)) {
            roundedUp($0 + $1)
        }
        total = derive(
            "node launch + image pull + weights load + warm-up", ("node launch, s", nodeLaunch),
            ("image pull, s", imagePull), ("weights load, s", weightsLoad), ("warm-up, s", warmUp)
        ) { roundedUp($0 + $1 + $2 + $3) }
    }
}
