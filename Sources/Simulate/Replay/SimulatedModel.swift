/// A model as it is simulated: what its manifests do not say.
package struct SimulatedModel: Sendable {
    package let name: String
    package let times: ReplicaTimes
    package var requests: RequestSource.Origin
    package let latency: LatencyKind
    package let ttft: LatencyGoal?
    package let tpot: LatencyGoal?
    /// Milliseconds in which a node pulls the image, once.
    package let imagePull: Int
    /// Milliseconds in which a container loads the weights and warms up.
    package let load: Int
    package let gpus: Int

    package init(
        name: String, times: ReplicaTimes, requests: RequestSource.Origin, latency: LatencyKind = .timeToFirstToken,
        ttft: LatencyGoal?, tpot: LatencyGoal?, imagePull: Int, load: Int, gpus: Int
    ) {
        self.name = name
        self.times = times
        self.requests = requests
        self.latency = latency
        self.ttft = ttft
        self.tpot = tpot
        self.imagePull = imagePull
        self.load = load
        self.gpus = gpus
    }
}
