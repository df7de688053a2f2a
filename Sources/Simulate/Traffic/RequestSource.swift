/// The requests to a model, in the order of their arrival.
package struct RequestSource: Sendable {
    /// How long requests are.
    package enum Lengths: Sendable, Hashable {
        /// Completions have exponentially distributed lengths, prompts the mean length.
        case random(input: Double, output: Double)
        /// All requests have the same lengths.
        case fixed(input: Double, output: Double)
    }

    /// Where requests come from.
    package enum Origin: Sendable {
        case random(LoadCurve, Lengths)
        /// Requests as they were recorded.
        case recorded([ModelRequest])
    }

    private var arrivals: RandomArrivals?
    private var numbers: SeededNumbers
    private let lengths: Lengths
    private let recorded: [ModelRequest]
    private var place = 0
    /// The next request; nil if there is none.
    package private(set) var next: ModelRequest?

    package init(_ origin: Origin, from start: Double, seed: UInt64, stream: Int) {
        numbers = SeededNumbers(seed: seed, stream: stream)
        switch origin {
        case .random(let curve, let lengths):
            arrivals = RandomArrivals(curve, from: start)
            self.lengths = lengths
            recorded = []
        case .recorded(let requests):
            lengths = .fixed(input: 1, output: 1)
            recorded = requests
            place = requests.firstIndex { $0.arrival >= start } ?? requests.count
        }
        advance()
    }

    /// Goes on to the request after the next one.
    package mutating func advance() {
        guard arrivals != nil else {
            next = place < recorded.count ? recorded[place] : nil
            place += 1
            return
        }
        guard let time = arrivals?.next(&numbers) else {
            next = nil
            return
        }
        switch lengths {
        case .random(let input, let output):
            next = ModelRequest(arrival: time, input: input, output: max(1e-6, output * numbers.exponential()))
        case .fixed(let input, let output): next = ModelRequest(arrival: time, input: input, output: output)
        }
    }
}
