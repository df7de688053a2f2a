import Groundwork

extension WrittenBehavior {
    /// Reads a `behavior`.
    init(reading value: ManifestValue) {
        self.init(
            up: value["scaleUp"].map { WrittenScalingRules(reading: $0) },
            down: value["scaleDown"].map { WrittenScalingRules(reading: $0) })
    }

    /// The behavior with defaults.
    var scaling: ScalingBehavior { ScalingBehavior(up: up, down: down) }
}

extension WrittenScalingRules {
    /// Reads one direction.
    fileprivate init(reading value: ManifestValue) {
        self.init(
            window: value["stabilizationWindowSeconds"]?.int32,
            select: value["selectPolicy"]?.text.flatMap { ScalingRules.Select(rawValue: $0) },
            policies: value["policies"]?.items?.compactMap { ScalingPolicy(reading: $0) },
            tolerance: value["tolerance"]?.text.flatMap { Quantity($0) })
    }
}

extension ScalingPolicy {
    /// Reads a policy; nil if the API server rejects it.
    fileprivate init?(reading value: ManifestValue) {
        guard let kind = value["type"]?.text.flatMap({ Kind(rawValue: $0) }), let amount = value["value"]?.int32,
            let period = value["periodSeconds"]?.int32
        else { return nil }
        self.init(kind, amount, period: period)
    }
}
