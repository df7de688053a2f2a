/// Where a metric of KEDA's HPA comes from.
package enum KEDASource: Sendable, Hashable {
    /// The trigger with an index.
    case trigger(Int)
    /// The formula over all triggers.
    case composite
    /// The HPA reads it from the pods.
    case pods
}

extension ScaledObjectSpec {
    /// The metrics of its HPA with their sources: those of containers, external ones, those of pods.
    package var metrics: [(metric: HPAMetric, source: KEDASource)] {
        var (containers, externals, pods): ([HPAMetric], [(HPAMetric, KEDASource)], [HPAMetric]) = ([], [], [])
        for (index, trigger) in triggers.enumerated() {
            if case .resource(let metric) = trigger.kind {
                if metric.kind == .containerResource { containers.append(metric) } else { pods.append(metric) }
            } else {
                let target: HPAMetric.Target = trigger.isTotal ? .value(trigger.milli) : .averageValue(trigger.milli)
                externals.append((HPAMetric(.external, target, name: "s\(index)"), .trigger(index)))
            }
        }
        let ofPods = pods.map { ($0, KEDASource.pods) }
        guard let modifiers, modifiers.target > 0 else {
            return containers.map { ($0, .pods) } + externals + ofPods
        }
        // The formula replaces all but those of whole pods.
        return ofPods + [(HPAMetric(.external, modifiers.hpaTarget, name: "composite-metric"), .composite)]
    }
}

/// `advanced.scalingModifiers` of a ScaledObject.
package struct ScalingModifiers: Sendable, Hashable {
    package let formula: ModifierFormula
    package let target: Double
    package let activation: Double
    package let isTotal: Bool
    /// Whether the target is written as a whole number, which a fallback needs.
    package let isWhole: Bool

    package init(
        formula: ModifierFormula, target: Double, activation: Double = 0, isTotal: Bool = false, isWhole: Bool = true
    ) {
        self.formula = formula
        self.target = target
        self.activation = activation
        self.isTotal = isTotal
        self.isWhole = isWhole
    }

    /// The target of the HPA: thousandths without their fraction.
    fileprivate var hpaTarget: HPAMetric.Target {
        let milli = (target * 1000).truncated
        return isTotal ? .value(milli) : .averageValue(milli)
    }
}
