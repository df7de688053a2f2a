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

/// `94.2%`.
func percent(_ share: Double) -> String { Notation.rounded(1).text((share * 1000).rounded(.down) / 10) + "%" }

/// The share of the worst requests: at least so many.
let worstRequests = 20
