/// The requests and replicas of one model while it is simulated.
struct ModelRun: Sendable {
    private struct Replica {
        let pod: String
        let workload: Int
        var run: ReplicaRun
        /// Whether the Service sends requests to it.
        var isServing: Bool
    }

    let model: SimulatedModel
    private(set) var tally: ModelTally
    private var source: RequestSource
    private var routing: SeededNumbers
    private var replicas: [Replica] = []
    private var serving: [Int] = []
    /// Requests that arrived so far, as a gateway counts them.
    private(set) var arrivals = 0

    init(
        _ model: SimulatedModel, from start: Double, minutes: Int, seed: UInt64, stream: Int, hasBuckets: Bool
    ) {
        self.model = model
        tally = ModelTally(ttft: model.ttft, tpot: model.tpot, minutes: minutes, hasBuckets: hasBuckets)
        source = RequestSource(model.requests, from: start, seed: seed, stream: 2 * stream)
        routing = SeededNumbers(seed: seed, stream: 2 * stream + 1)
    }

    /// Takes all requests until a time, each to one of the replicas at random, as a Service does.
    mutating func takeRequests(until time: Double) {
        while let request = source.next, request.arrival <= time {
            source.advance()
            arrivals += 1
            guard !serving.isEmpty else {
                tally.reject(request)
                continue
            }
            let place = serving.count == 1 ? serving[0] : serving[routing.below(serving.count)]
            replicas[place].run.take(request, &tally)
        }
    }

    /// Runs all replicas until a time.
    mutating func advance(to time: Double) {
        takeRequests(until: time)
        for place in replicas.indices { replicas[place].run.advance(to: time, &tally) }
    }

    /// Serves what waits although no further request arrives.
    mutating func advance(beyond time: Double) {
        for place in replicas.indices { replicas[place].run.advance(to: time + 1e9, &tally) }
    }

    /// Adds the replica of a pod that has become ready.
    mutating func add(_ pod: String, of workload: Int, _ limits: QueueLimits, at time: Double) {
        takeRequests(until: time)
        replicas.append(
            Replica(
                pod: pod, workload: workload, run: ReplicaRun(model.times, limits, from: time), isServing: true))
        route()
    }

    /// Sends no more requests to the replica of a pod that ends.
    mutating func drain(_ pod: String, at time: Double) {
        guard let place = replicas.firstIndex(where: { $0.pod == pod }), replicas[place].isServing else { return }
        takeRequests(until: time)
        replicas[place].isServing = false
        route()
    }

    /// Ends the replica of a pod with the requests that it has.
    mutating func remove(_ pod: String, at time: Double) {
        guard let place = replicas.firstIndex(where: { $0.pod == pod }) else { return }
        takeRequests(until: time)
        replicas[place].run.kill(at: time, &tally)
        replicas.remove(at: place)
        route()
    }

    /// What a scrape reads of the replicas of a workload.
    func load(of workload: Int, _ status: ScrapedLoad.Status?) -> ScrapedLoad {
        var load = ScrapedLoad()
        load.status = status
        for replica in replicas where replica.workload == workload {
            load.targets += 1
            load.running += Double(replica.run.runningCount)
            load.waiting += Double(replica.run.waitingCount)
            load.cache += replica.run.cacheShare
            load.utilization += replica.run.isIdle ? 0 : 100
        }
        return load
    }

    /// What the exporter of each replica of a workload says.
    func scraped(of workload: Int) -> [(pod: String, running: Int, waiting: Int, cache: Double)] {
        replicas.filter { $0.workload == workload }.map { replica in
            (replica.pod, replica.run.runningCount, replica.run.waitingCount, replica.run.cacheShare)
        }
    }

    var waiting: Int { replicas.reduce(0) { $0 + $1.run.waitingCount } }
    var running: Int { replicas.reduce(0) { $0 + $1.run.runningCount } }
    var ready: Int { serving.count }

    /// The latencies of first tokens since this was asked last.
    mutating func takeRecent() -> LatencyHistogram {
        defer { tally.recent = LatencyHistogram() }
        return tally.recent
    }

    private mutating func route() { serving = replicas.indices.filter { replicas[$0].isServing } }
}
