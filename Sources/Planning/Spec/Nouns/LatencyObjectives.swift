import Diagnostics
import Groundwork

/// The latencies that a plan keeps: those that the spec asks for, else the defaults of the model's class.
///
/// Alerts and error budgets belong to what the spec writes alone.
package struct LatencyObjectives: Sendable {
    package let firstToken: LatencyTarget?
    package let perOutputToken: LatencyTarget?
}

extension ModelSpec {
    /// The latencies that the plan of this model keeps.
    package var objectives: LatencyObjectives {
        let defaults = Defaults.latencies(of: workloadClass.value)
        return LatencyObjectives(
            firstToken: sla.firstToken.objective(defaults?.firstToken),
            perOutputToken: sla.outputToken.objective(defaults?.perOutputToken))
    }
}

extension LatencyWish {
    /// What is to be kept: the target that is written, a default where nothing is, or nothing.
    fileprivate func objective(_ parameter: Parameter?) -> LatencyTarget? {
        switch self {
        case .target(let target): target
        case .none: nil
        case .unsaid: parameter.map(LatencyTarget.init(default:))
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

    /// Whether it stands in for one that the spec does not write.
    package var isDefault: Bool { range == nil }
}
