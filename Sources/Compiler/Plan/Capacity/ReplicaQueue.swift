/// A replica as a queue: requests arrive at random, up to a bound of them run at once, and the more run the longer each takes.
///
/// A birth–death chain over the requests in the replica. Beyond the bound the rate of departures no longer changes: the rest of the chain is
/// a geometric series and has a closed form, so that a state costs one pass over the bound.
package struct ReplicaQueue: Sendable {
    /// Requests per second that leave while 1, 2, … of them run.
    private let departures: [Double]

    /// A queue from the requests per second that leave while a number of them runs.
    package init(atMost bound: Int, departures rate: (Double) -> Double) {
        departures = (1...max(1, bound)).map { rate(Double($0)) }
    }

    /// Requests per second that leave when all that may run do: no more can arrive in the long run.
    package var capacity: Double { departures[departures.count - 1] }

    /// The steady state under a rate of random arrivals below the capacity.
    package func state(arrivals: Double) -> QueueState {
        let load = arrivals / capacity
        var (weight, total, running) = (1.0, 1.0, 0.0)
        for (index, rate) in departures.enumerated() {
            weight *= arrivals / rate
            total += weight
            running += weight * Double(index + 1)
        }
        // The states in which requests wait: each is the one before times the load.
        let tail = weight * load / (1 - load)
        total += tail
        running += tail * Double(departures.count)
        return QueueState(
            running: running / total, waiting: tail / (1 - load) / total, full: (weight + tail) / total,
            slack: capacity - arrivals)
    }

    /// How many requests run beside a new one, itself included, in a share of all arrivals: no fewer states hold that share.
    package func running(arrivals: Double, percentile: Double) -> Int {
        let load = arrivals / capacity
        var (weight, total) = (1.0, 1.0)
        for rate in departures {
            weight *= arrivals / rate
            total += weight
        }
        let wanted = percentile * (total + weight * load / (1 - load))
        var sum = 1.0
        weight = 1
        var count = 0
        while sum < wanted, count < departures.count {
            weight *= arrivals / departures[count]
            sum += weight
            count += 1
        }
        return min(count + 1, departures.count)
    }
}

/// A replica under steady load.
package struct QueueState: Sendable {
    /// Requests that run, on average.
    package let running: Double
    /// Requests that wait, on average.
    package let waiting: Double
    /// Share of the arrivals that find no place and wait.
    package let full: Double
    /// How much faster requests leave than they arrive while all places are taken, per second.
    let slack: Double

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
