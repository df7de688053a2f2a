import Groundwork

/// A replica as a queue: requests arrive at random, up to a bound of them run at once, and the more run the longer each takes.
///
/// A birth–death chain over the requests in the replica. Beyond the bound the rate of departures no longer changes: the rest of the chain is
/// a geometric series and has a closed form, so that a state costs one pass over the bound.
package struct ReplicaQueue<N: Arithmetic> {
    /// The most requests that run at once.
    private let bound: N
    /// Seconds from one departure to the next while 1, 2, … requests run.
    private let gap: (N) -> N
    /// Requests per second that leave when all that may run do: no more can arrive in the long run.
    package let capacity: N

    /// A queue from the seconds between two departures while a number of requests runs.
    package init(atMost bound: N, gap: @escaping (N) -> N) {
        self.bound = bound
        self.gap = gap
        capacity = (1 / gap(bound)).named("requests completed with all sequences running", "requests/s")
    }

    /// The steady state under a rate of random arrivals below the capacity.
    package func state(arrivals: N) -> QueueState<N> {
        let load = (arrivals / capacity).named("load", "ratio")
        let states = N.chain(through: bound) { arrivals * gap($0) }
        let free = states.sum.named("weight of the states in which none waits", "1")
        let running = states.weighted.named("requests that run in them, weighted", "1")
        let last = states.last.named("weight of the state in which all sequences run and none waits", "1")
        // The states in which requests wait: each is the one before times the load.
        let tail = (last * load / (1 - load)).named("weight of the states in which some wait", "1")
        let total = (free + tail).named("weight of all states", "1")
        return QueueState(
            arrivals: arrivals, total: total,
            running: ((running + tail * bound) / total).named("requests that run, on average", "requests"),
            waiting: (tail / (1 - load) / total).named("requests that wait, on average", "requests"),
            full: ((last + tail) / total).named("share of requests that find no free sequence", "ratio"),
            slack: capacity - arrivals)
    }

    /// The weight of the states in which at most so many requests run, where the empty replica counts 1.
    func weight(_ state: QueueState<N>, through count: N) -> N {
        N.chain(through: count) { state.arrivals * gap($0) }.sum
    }

    /// The weight of the states that a share of the arrivals finds, of those in which none waits at most.
    func wantedWeight(_ state: QueueState<N>, percentile: N) -> N {
        .minimum(
            (percentile * state.total).named("percentile of the weight of all states", "1"),
            weight(state, through: bound).named("weight of the states in which none waits", "1"))
    }
}

extension ReplicaQueue<Double> {
    /// A queue whose seconds between two departures are worked out once.
    init(atMost bound: Int, _ gap: (Double) -> Double) {
        let gaps = (1...max(1, bound)).map { gap(Double($0)) }
        self.init(atMost: Double(gaps.count)) { gaps[Int($0) - 1] }
    }

    /// Whether more of the arrivals than a percentile leaves out find others waiting.
    func waitIsCommon(_ state: QueueState<Double>, percentile: Double) -> Bool {
        wantedWeight(state, percentile: percentile) < percentile * state.total
    }

    /// How many requests run, beside a new one, as a share of all arrivals finds at most.
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
    /// Share of the arrivals that find no place and wait.
    package let full: N
    /// How much faster requests leave than they arrive while all places are taken, per second.
    fileprivate let slack: N

    /// Requests in the replica, on average.
    package var present: N { running + waiting }

    /// Seconds until a place is free that a share of the arrivals stays under.
    ///
    /// Of those that wait, the time is exponentially distributed: exactly so in this chain.
    package func wait(percentile: N) -> N {
        (N.maximum(0, (full / (1 - percentile)).logarithm) / slack).named("wait for a free sequence", "s")
    }
}
