/// What holds a change of replicas back.
enum ScalingHold: Sendable, Hashable {
    case paused, noMetric, policyUp, policyDown
    case most(Int), least(Int)
    /// Stabilization windows, seconds.
    case windowUp(Int), windowDown(Int)

    /// As a log entry names it.
    var words: String {
        switch self {
        case .paused: "paused"
        case .noMetric: "no metric: Prometheus is down"
        case .policyUp: "policy for scaling up"
        case .policyDown: "policy for scaling down"
        case .most(let replicas): "maxReplicas \(replicas)"
        case .least(let replicas): "minReplicas \(replicas)"
        case .windowUp(let seconds): "stabilization window of \(seconds) s for scaling up"
        case .windowDown(let seconds): "stabilization window of \(seconds) s for scaling down"
        }
    }
}

extension HorizontalAutoscaler {
    /// Why a recommendation is not followed, or not all of it.
    func hold(_ wanted: Int, _ replicas: Int) -> ScalingHold {
        switch conditions.scalingLimited.flatMap({ $0.isTrue ? $0.reason : nil }) {
        case .scaleUpLimit: .policyUp
        case .scaleDownLimit: .policyDown
        case .tooManyReplicas: .most(Int(spec.maxReplicas))
        case .tooFewReplicas: .least(Int(spec.minimum))
        default:
            wanted < replicas
                ? .windowDown(spec.behavior?.down.window.map { Int($0) } ?? 300)
                : .windowUp(spec.behavior?.up.window.map { Int($0) } ?? 0)
        }
    }
}
