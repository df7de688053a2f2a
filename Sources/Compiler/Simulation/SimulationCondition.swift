import Groundwork
import Simulate

/// A condition that the outcome of a simulation has to meet, such as `ttft>=0.95`.
package struct SimulationCondition: Sendable {
    enum Figure: String, CaseIterable { case ttft, e2e, tpot, worst, flaps, failed }

    /// The forms as they are written.
    package static let forms = "`ttft>=0.95`, `e2e>=0.95`, `tpot>=0.95`, `worst>=0.5`, `flaps<=2`, `failed<=0.001`"

    private let text: String
    private let figure: Figure
    private let isLeast: Bool
    private let bound: Double

    /// Reads a condition; nil if it is none.
    package init?(_ text: String) {
        for (sign, isLeast) in [(">=", true), ("<=", false)] {
            guard let place = text.firstRange(of: sign) else { continue }
            let name = text[..<place.lowerBound].filter { $0 != " " }
            let number = text[place.upperBound...].filter { $0 != " " }
            guard let figure = Figure(rawValue: name), let bound = Double(number) else { return nil }
            (self.text, self.figure, self.isLeast, self.bound) = (text, figure, isLeast, bound)
            return
        }
        return nil
    }

    /// The models that do not meet it in one of the runs, as sentences.
    package func failures(_ runs: [ReplayResult]) -> [String] {
        runs.first?.models.indices.compactMap { place in
            guard let range = runs.range(place, value) else { return nil }
            let worst = isLeast ? range.least : range.greatest
            if isLeast ? worst >= bound : worst <= bound { return nil }
            return "assertion `\(text)` fails: \(runs[0].models[place].name) has \(Notation.rounded(4).text(worst))"
        } ?? []
    }

    private func value(_ model: ReplayResult.Model) -> Double? {
        let tally = model.tally
        switch figure {
        case .ttft: return tally.ttft == nil || model.latency != .timeToFirstToken ? nil : tally.ttftShare
        case .e2e: return tally.ttft == nil || model.latency != .endToEnd ? nil : tally.ttftShare
        case .tpot: return tally.tpot == nil ? nil : tally.tpotShare
        case .worst: return tally.ttft == nil ? nil : tally.worst(atLeast: worstRequests)?.share
        case .flaps: return Double(model.flaps)
        case .failed: return tally.arrived > 0 ? Double(tally.rejected + tally.lost) / Double(tally.arrived) : nil
        }
    }
}
