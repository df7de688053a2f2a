import Planning
import Simulate
import Testing

/// One replica under requests that arrive at random, and what they find when they arrive.
struct ReplicaQueueRun {
    /// The means of a batch of requests.
    struct Means {
        var running = 0.0
        var waiting = 0.0
        /// The share that finds all sequences running.
        var full = 0.0
        /// Seconds until the start.
        var wait = 0.0
    }

    /// How long completions are.
    enum Lengths {
        case exponential, fixed
        /// Each as long as one of these, taken at random; their mean is that of the others.
        case traced([Double])
    }

    /// Counts what a replica reports.
    private struct Waits: RequestObserver {
        var sum = 0.0
        var count = 0.0

        mutating func started(_ request: ModelRequest, at time: Double, firstTokenAfter seconds: Double) {
            sum += time - request.arrival
            count += 1
        }

        mutating func completed(_ request: ModelRequest, at time: Double, perToken: Double) {}
        mutating func rejected(_ request: ModelRequest, by reason: QueueLimits.Reason) {}
        mutating func lost(_ request: ModelRequest, latency: Double?) {}
    }

    /// The tokens of a completion in the mean.
    static let output = 100.0
    /// Batches, whose means are nearly independent, give the confidence interval.
    static let batches = 40

    let most: Int
    let times: ReplicaTimes
    /// Requests per second.
    let arrivals: Double
    /// The closed form of the plan.
    let expected: Means

    init(most: Int, load: Double) {
        self.most = most
        let times = Self.times(most)
        self.times = times
        let queue = ReplicaQueue<Double>(atMost: Double(most)) { running in
            Self.output * times.token[Int(running) - 1] / running
        }
        arrivals = load * queue.capacity
        let state = queue.state(arrivals: arrivals)
        // The wait follows by Little's law.
        expected = Means(
            running: state.running, waiting: state.waiting, full: state.full, wait: state.waiting / arrivals)
    }

    /// Times per token that grow with the running sequences, as those of a GPU do.
    static func times(_ most: Int) -> ReplicaTimes {
        let token = (1...most).map { 0.02 + 0.002 * Double($0) }
        let none = Array(repeating: 0.0, count: most)
        return ReplicaTimes(token: token, start: none, promptToken: none)
    }

    /// The means of each batch, after one that is not counted.
    func means(_ lengths: Lengths, requests: Int) throws -> [Means] {
        let isRandom = if case .exponential = lengths { true } else { false }
        var source = RequestSource(
            .random(
                .constant(arrivals),
                isRandom ? .random(input: 1, output: Self.output) : .fixed(input: 1, output: Self.output)),
            from: 0, seed: 7, stream: most)
        var numbers = SeededNumbers(seed: 7, stream: -most)
        var replica = ReplicaRun(times, from: 0)
        var waits = Waits()
        let size = requests / Self.batches
        return try (0...Self.batches).map { _ in
            var means = Means()
            waits = Waits()
            for _ in 0..<size {
                var request = try #require(source.next)
                source.advance()
                if case .traced(let tokens) = lengths {
                    request = ModelRequest(
                        arrival: request.arrival, input: 1, output: tokens[Int(numbers.below(tokens.count))])
                }
                replica.advance(to: request.arrival, &waits)
                // Arrivals at random see the averages over time.
                means.running += Double(replica.runningCount)
                means.waiting += Double(replica.waitingCount)
                means.full += replica.runningCount == most ? 1 : 0
                replica.take(request, &waits)
            }
            let count = Double(size)
            return Means(
                running: means.running / count, waiting: means.waiting / count, full: means.full / count,
                wait: waits.sum / max(1, waits.count))
        }.dropFirst().map(\.self)
    }
}
