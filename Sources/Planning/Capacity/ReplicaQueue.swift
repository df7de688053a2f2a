import Groundwork

/// A replica as a queue: requests arrive at random, a limited number runs concurrently, and the more run the longer each takes.
///
/// A birth–death chain over the requests in the replica. Beyond the bound the completion rate is constant: the rest of the chain is
/// a geometric series with a closed form, so that a state takes one pass over the bound.
package struct ReplicaQueue<N: Arithmetic> {
    /// The most requests that run concurrently.
    private let bound: N
    /// Seconds between completions while 1, 2, … requests run.
    private let gap: (N) -> N
    /// Requests completed per second at the bound: the highest rate that the queue can sustain.
    package let capacity: N

    /// A queue from the seconds between completions while a number of requests runs.
    package init(atMost bound: N, gap: @escaping (N) -> N) {
        self.bound = bound
        self.gap = gap
        capacity = (1 / gap(bound)).named("completion rate with all sequences running", "requests/s")
    }

    /// The steady state under a rate of random arrivals below the capacity.
    package func state(arrivals: N) -> QueueState<N> {
        let load = (arrivals / capacity).named("load", "ratio")
        let states = N.chain(through: bound) { arrivals * gap($0) }
        let free = states.sum.named("weight of the states without a queue", "1")
        let running = states.weighted.named("weighted running requests without a queue", "1")
        let last = states.last.named("weight of the full state without a queue", "1")
        // The states with a queue: each is the one before times the load.
        let tail = (last * load / (1 - load)).named("weight of the states with a queue", "1")
        let total = (free + tail).named("weight of all states", "1")
        return QueueState(
            arrivals: arrivals, total: total,
            running: ((running + tail * bound) / total).named("mean running requests", "requests"),
            waiting: (tail / (1 - load) / total).named("mean waiting requests", "requests"),
            full: ((last + tail) / total).named("share of requests that wait", "ratio"),
            slack: capacity - arrivals)
    }

    /// The weight of the states with at most this many running requests, where the empty replica counts 1.
    func weight(_ state: QueueState<N>, through count: N) -> N {
        N.chain(through: count) { state.arrivals * gap($0) }.sum
    }

    /// The weight of the states that a share of the arrivals finds, limited to those without a queue.
    func wantedWeight(_ state: QueueState<N>, percentile: N) -> N {
        .minimum(
            (percentile * state.total).named("percentile of the weight of all states", "1"),
            weight(state, through: bound).named("weight of the states without a queue", "1"))
    }
}

extension ReplicaQueue<Double> {
    /// A queue whose seconds between completions are computed once.
    init(atMost bound: Int, _ gap: (Double) -> Double) {
        let gaps = (1...max(1, bound)).map { gap(Double($0)) }
        self.init(atMost: Double(gaps.count)) { gaps[Int($0) - 1] }
    }

    /// Whether more arrivals find a queue than the percentile leaves out.
    func waitIsCommon(_ state: QueueState<Double>, percentile: Double) -> Bool {
        wantedWeight(state, percentile: percentile) < percentile * state.total
    }

    /// How many requests run beside a new one, at a percentile of all arrivals.
    func others(_ state: QueueState<Double>, percentile: Double) -> Double {
        let wanted = percentile * state.total
        var (weight, sum, count) = (1.0, 1.0, 0.0)
        while sum < wanted, count < bound {
            count += 1
            weight *= state.arrivals * gap(count)
            sum += weight
        }
        return count
    }
}

/// A replica under steady load.
package struct QueueState<N: Arithmetic>: Sendable {
    /// Requests per second that arrive.
    package let arrivals: N
    /// All states together, where the empty replica counts 1.
    fileprivate let total: N
    /// Requests that run, on average.
    package let running: N
    /// Requests that wait, on average.
    package let waiting: N
    /// Share of the arrivals that have to wait.
    package let full: N
    /// How much faster requests complete than they arrive while all sequences run, per second.
    fileprivate let slack: N

    /// Requests in the replica, on average.
    package var present: N { running + waiting }

    /// Seconds that arrivals wait, at a percentile.
    ///
    /// The wait of those that wait is exponentially distributed, exactly so in this chain.
    package func wait(percentile: N) -> N {
        (N.maximum(0, (full / (1 - percentile)).logarithm) / slack).named("queueing time", "s")
    }
}
