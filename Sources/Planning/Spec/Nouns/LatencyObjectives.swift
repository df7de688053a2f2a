import Diagnostics
import Groundwork

/// The latency objectives of a plan: those that the spec sets, else the defaults of the model's class.
///
/// Only those that the spec sets have alerts and error budgets.
package struct LatencyObjectives: Sendable {
    package let ttft: LatencyTarget?
    package let tpot: LatencyTarget?
    /// The end-to-end latency of a model that generates no tokens.
    package let endToEnd: LatencyTarget?

    /// Until an answer begins: to the first token or, if no tokens are generated, end to end.
    package var answer: LatencyTarget? { endToEnd ?? ttft }
}

extension ModelSpec {
    /// The latency objectives of the plan of this model.
    package var objectives: LatencyObjectives {
        guard task.value.generates else {
            let usual = Defaults.endToEnd(of: workloadClass.value)
            return LatencyObjectives(ttft: nil, tpot: nil, endToEnd: sla.endToEnd.objective(usual))
        }
        let defaults = Defaults.latencies(of: workloadClass.value)
        return LatencyObjectives(
            ttft: sla.ttft.objective(defaults?.ttft), tpot: sla.tpot.objective(defaults?.tpot), endToEnd: nil)
    }
}

extension LatencySetting {
    /// The objective: the target in the spec, the default where the spec sets none, or nil for `none`.
    fileprivate func objective(_ parameter: Parameter?) -> LatencyTarget? {
        switch self {
        case .target(let target): target
        case .none: nil
        case .unset: parameter.map(LatencyTarget.init(default:))
        }
    }
}

extension LatencyTarget {
    /// The default of a class, at the usual percentile.
    fileprivate init(default parameter: Parameter) {
        percentile = Traced<Int>(Defaults.percentile.reasoned * 100)
        seconds = .parameter(parameter)
        range = nil
    }

    /// Whether it is a default, not set by the spec.
    package var isDefault: Bool { range == nil }
}
