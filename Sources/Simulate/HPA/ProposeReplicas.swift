/// The replicas that one metric proposes; `replica_calculator.go` of Kubernetes.
///
/// Formulas are evaluated in the controller's order, because doubles differ otherwise.
struct Proposal {
    let scale: ScaleReading
    let tolerances: Tolerances
    let settings: HPASettings
    let now: VirtualTime

    /// Computes them; nil where the metric cannot be used.
    func replicas(_ metric: HPAMetric, _ reading: MetricReading) -> Int32? {
        switch metric.kind {
        case .external: external(metric.target, reading)
        case .object: object(metric.target, reading)
        case .pods, .resource, .containerResource: pods(metric, reading)
        }
    }

    private func external(_ target: HPAMetric.Target, _ reading: MetricReading) -> Int32? {
        switch target {
        case .averageValue(let target):
            guard let sum = reading.sumPerReplica else { return nil }
            return average(sum, target) { settings.cappedInt32($0) }
        case .value(let target):
            guard let sum = reading.cappedSum else { return nil }
            return value(sum, target)
        case .utilization: return nil
        }
    }

    private func object(_ target: HPAMetric.Target, _ reading: MetricReading) -> Int32? {
        guard case .value(let number) = reading else { return nil }
        switch target {
        case .averageValue(let target): return average(number, target) { settings.int32($0) }
        case .value(let target): return value(number, target)
        case .utilization: return nil
        }
    }

    /// A value for each replica of `status.replicas`, pending ones too.
    private func average(_ value: Int, _ target: Int, _ convert: (Double) -> Int32) -> Int32 {
        let ratio = Double(value) / (Double(target) * Double(scale.status))
        if tolerances.hold(ratio) { return scale.status }
        return convert((Double(value) / Double(target)).rounded(.up))
    }

    /// A value for all ready pods, those being deleted too.
    private func value(_ value: Int, _ target: Int) -> Int32? {
        let ratio = Double(value) / Double(target)
        if scale.spec == 0 { return settings.int32(ratio.rounded(.up)) }
        if tolerances.hold(ratio) { return scale.spec }
        if scale.pods == 0 { return nil }
        return settings.cappedInt32((ratio * Double(scale.ready)).rounded(.up))
    }
}

extension MetricReading {
    /// The sum for an AverageValue: the first partial sum below zero counts as an overflow, though the items may be negative.
    fileprivate var sumPerReplica: Int? {
        switch self {
        case .value(let number): return number < 0 ? .max : number
        case .values(let items) where !items.isEmpty:
            var sum = 0
            for item in items {
                sum &+= item
                if sum < 0 { return .max }
            }
            return sum
        case .failed, .values, .pods: return nil
        }
    }

    /// The sum for a Value: it ends where an addition would overflow.
    fileprivate var cappedSum: Int? {
        switch self {
        case .value(let number): return number
        case .values(let items) where !items.isEmpty:
            var sum = 0
            for item in items {
                if item > 0, sum > Int.max - item { return .max }
                sum &+= item
            }
            return sum
        case .failed, .values, .pods: return nil
        }
    }
}
