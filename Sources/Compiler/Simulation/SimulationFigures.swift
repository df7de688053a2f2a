import Groundwork
import Simulate

/// The least and the greatest of a figure over the runs of a simulation.
struct RunRange: Sendable {
    let least: Double
    let greatest: Double

    /// Nil without values.
    init?(_ values: [Double]) {
        guard let least = values.min(), let greatest = values.max() else { return nil }
        self.least = least
        self.greatest = greatest
    }

    /// `3` or `3 to 5`.
    func text(_ show: (Double) -> String) -> String {
        let (first, last) = (show(least), show(greatest))
        return first == last ? first : "\(first) to \(last)"
    }
}

extension [ReplayResult] {
    /// A figure of a model over the runs.
    func range(_ place: Int, _ read: (ReplayResult.Model) -> Double?) -> RunRange? {
        RunRange(compactMap { read($0.models[place]) })
    }

    /// A figure of the cluster over the runs.
    func range(_ read: (ReplayResult) -> Double) -> RunRange? { RunRange(map(read)) }
}

extension LatencyKind {
    /// In a table.
    var words: String {
        switch self {
        case .timeToFirstToken: "TTFT"
        case .endToEnd: "end-to-end latency"
        }
    }

    /// In a title.
    var title: String {
        switch self {
        case .timeToFirstToken: "Time to first token"
        case .endToEnd: "End-to-end latency"
        }
    }

    /// The start of the keys of its figures in JSON.
    var key: String {
        switch self {
        case .timeToFirstToken: "ttft"
        case .endToEnd: "endToEnd"
        }
    }
}

/// The latency that the models of all runs have; only `latency` if they differ.
func latencyWords(_ runs: [ReplayResult]) -> String {
    let kinds = runs.flatMap { $0.models.map(\.latency) }
    return kinds.first.map { first in kinds.allSatisfy { $0 == first } ? first.words : "latency" } ?? "latency"
}

/// `94.2%`.
func percent(_ share: Double) -> String { Notation.rounded(1).text((share * 1000).rounded(.down) / 10) + "%" }

/// The share of the worst requests: at least so many.
let worstRequests = 20
