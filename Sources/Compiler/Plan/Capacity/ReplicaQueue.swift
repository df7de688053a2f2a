/// A replica as a queue: requests arrive at random, up to a bound of them run at once, and the more run the longer each takes.
///
/// A birth–death chain over the requests in the replica. Beyond the bound the rate of departures no longer changes: the rest of the chain is
/// a geometric series and has a closed form, so that a state costs one pass over the bound.
package struct ReplicaQueue: Sendable {
    /// Seconds from one departure to the next while 1, 2, … requests run.
    private let gaps: [Double]

    /// A queue from the seconds between two departures while a number of requests runs.
    package init(atMost bound: Int, gap: (Double) -> Double) {
        gaps = (1...max(1, bound)).map { gap(Double($0)) }
    }

    /// Requests per second that leave when all that may run do: no more can arrive in the long run.
    package var capacity: Double { 1 / gaps[gaps.count - 1] }

    /// The steady state under a rate of random arrivals below the capacity.
    package func state(arrivals: Double) -> QueueState {
        let load = arrivals / capacity
        var (weight, total, running, count) = (1.0, 1.0, 0.0, 0.0)
        for gap in gaps {
            weight *= arrivals * gap
            count += 1
            total += weight
            running += weight * count
        }
        // The states in which requests wait: each is the one before times the load.
        let tail = weight * load / (1 - load)
        total += tail
        running += tail * count
        return QueueState(
            arrivals: arrivals, total: total, running: running / total, waiting: tail / (1 - load) / total,
            full: (weight + tail) / total, slack: capacity - arrivals)
    }

    /// How many requests run, a new one included, as a share of all arrivals finds at most.
    package func running(_ state: QueueState, percentile: Double) -> Int {
        let wanted = percentile * state.total
        var (weight, sum, count) = (1.0, 1.0, 0)
        while sum < wanted, count < gaps.count {
            weight *= state.arrivals * gaps[count]
            sum += weight
            count += 1
        }
        return min(count + 1, gaps.count)
    }
}

/// A replica under steady load.
package struct QueueState: Sendable {
    /// Requests per second that arrive.
    package let arrivals: Double
    /// All states together, where the empty replica counts 1.
    fileprivate let total: Double
    /// Requests that run, on average.
    package let running: Double
    /// Requests that wait, on average.
    package let waiting: Double
    /// Share of the arrivals that find no place and wait.
    package let full: Double
    /// How much faster requests leave than they arrive while all places are taken, per second.
    private let slack: Double

    fileprivate init(
        arrivals: Double, total: Double, running: Double, waiting: Double, full: Double, slack: Double
    ) {
        self.arrivals = arrivals
        self.total = total
        self.running = running
        self.waiting = waiting
        self.full = full
        self.slack = slack
    }

    /// Requests in the replica, on average.
    package var present: Double { running + waiting }

    /// Seconds until a place is free that a share of the arrivals stays under.
    ///
    /// Of those that wait, the time is exponentially distributed: exactly so in this chain.
    package func wait(percentile: Double) -> Double {
        let late = 1 - percentile
        return full <= late ? 0 : logarithm(full / late) / slack
    }
}
