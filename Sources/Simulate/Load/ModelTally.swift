/// What became of the requests to a model.
///
/// The time to the first token of a model that generates none is its end-to-end latency.
package struct ModelTally: Sendable, RequestObserver {
    /// The requests that arrived within a minute.
    package struct Minute: Sendable, Hashable {
        package var arrived: UInt32 = 0
        /// Those whose first token came in time.
        package var inTime: UInt32 = 0
        /// Those that were lost or found no replica.
        package var failed: UInt32 = 0
        package var completed: UInt32 = 0
        /// Those of the completed ones whose tokens came in time.
        package var tokensInTime: UInt32 = 0
    }

    package let ttft: LatencyGoal?
    package let tpot: LatencyGoal?
    package private(set) var minutes: [Minute]
    package private(set) var ttfts = LatencyHistogram()
    package private(set) var tpots = LatencyHistogram()
    package private(set) var arrived = 0
    package private(set) var firstInTime = 0
    package private(set) var completed = 0
    package private(set) var tokensInTime = 0
    /// Requests that found no replica, or that replicas rejected.
    package private(set) var rejected = 0
    /// Requests whose replica ended before they did, or that no replica can hold.
    package private(set) var lost = 0
    /// Output tokens of completed requests.
    package private(set) var tokens = 0.0
    /// The requests that replicas rejected, as vLLM counts them, with those before the start.
    package private(set) var rejections: [QueueLimits.Reason: Int] = [:]
    /// All of them together.
    package private(set) var rejectedByReplicas = 0
    /// The first tokens since the last sample of the timeline.
    package var recent = LatencyHistogram()
    /// The histograms that vLLM exports, with the requests before the start; only counted if something reads them.
    private(set) var ttftBuckets = BucketCounts("vllm:time_to_first_token_seconds")
    private(set) var tpotBuckets = BucketCounts("vllm:request_time_per_output_token_seconds")
    private let hasBuckets: Bool
    /// How much each request is to be counted: requests before the start are not.
    private let minuteCount: Int

    package init(ttft: LatencyGoal?, tpot: LatencyGoal?, minutes count: Int, hasBuckets: Bool = false) {
        self.hasBuckets = hasBuckets
        (self.ttft, self.tpot, minuteCount) = (ttft, tpot, count)
        minutes = Array(repeating: Minute(), count: max(1, count))
    }

    package mutating func started(_ request: ModelRequest, at time: Double, firstTokenAfter seconds: Double) {
        let latency = time - request.arrival + seconds
        let bucket = LatencyHistogram.bucket(of: latency)
        recent.add(bucket: bucket)
        if hasBuckets { ttftBuckets.add(latency) }
        guard let minute = minute(of: request) else { return }
        arrived += 1
        minutes[minute].arrived += 1
        ttfts.add(bucket: bucket)
        if latency <= ttft?.seconds ?? .infinity {
            firstInTime += 1
            minutes[minute].inTime += 1
        }
    }

    package mutating func completed(_ request: ModelRequest, at time: Double, perToken: Double) {
        if hasBuckets { tpotBuckets.add(perToken) }
        guard let minute = minute(of: request) else { return }
        completed += 1
        minutes[minute].completed += 1
        tokens += request.output
        tpots.add(perToken)
        if perToken <= tpot?.seconds ?? .infinity {
            tokensInTime += 1
            minutes[minute].tokensInTime += 1
        }
    }

    /// Counts a request that is lost: one that had started was counted then, and is no longer in time.
    package mutating func lost(_ request: ModelRequest, latency: Double?) {
        guard let minute = minute(of: request) else { return }
        lost += 1
        minutes[minute].failed += 1
        if let latency {
            guard latency <= ttft?.seconds ?? .infinity else { return }
            firstInTime -= 1
            minutes[minute].inTime -= 1
        } else {
            arrived += 1
            minutes[minute].arrived += 1
        }
    }

    package mutating func rejected(_ request: ModelRequest, by reason: QueueLimits.Reason) {
        rejections[reason, default: 0] += 1
        rejectedByReplicas += 1
        reject(request)
    }

    /// Counts a request that no replica took.
    package mutating func reject(_ request: ModelRequest) {
        guard let minute = minute(of: request) else { return }
        rejected += 1
        arrived += 1
        minutes[minute].arrived += 1
        minutes[minute].failed += 1
    }

    private func minute(of request: ModelRequest) -> Int? {
        guard request.arrival >= 0 else { return nil }
        let minute = Int(request.arrival / 60)
        return minute < minuteCount ? minute : nil
    }
}

extension ModelTally {
    /// The share of all requests whose first token came in time; nil without requests.
    package var ttftShare: Double? { arrived > 0 ? Double(firstInTime) / Double(arrived) : nil }
    /// The share of the completed requests with tokens in time.
    package var tpotShare: Double? { completed > 0 ? Double(tokensInTime) / Double(completed) : nil }

    /// The share of requests in time from a minute on, over enough minutes to have some requests; the worst of all such spans.
    ///
    /// A single minute of a small model has too few requests to say anything.
    package func worst(atLeast requests: Int) -> (minute: Int, share: Double)? {
        var worst: (minute: Int, share: Double)?
        var (low, arrived, inTime) = (0, 0, 0)
        for high in minutes.indices {
            arrived += Int(minutes[high].arrived)
            inTime += Int(minutes[high].inTime)
            while low < high, arrived - Int(minutes[low].arrived) >= requests {
                arrived -= Int(minutes[low].arrived)
                inTime -= Int(minutes[low].inTime)
                low += 1
            }
            guard arrived >= requests else { continue }
            let share = Double(inTime) / Double(arrived)
            if share < worst?.share ?? 2 { worst = (low, share) }
        }
        return worst
    }
}
