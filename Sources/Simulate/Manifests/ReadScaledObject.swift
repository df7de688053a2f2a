import Groundwork

extension ScaledObjectSpec {
    /// Reads a ScaledObject; problems are what KEDA rejects, or what is not simulated.
    ///
    /// `zone` gives the clock of a time zone, with the dates of daylight saving time if they are known.
    package init(
        reading object: ManifestValue, _ problems: inout [UnreadableField],
        zone: (String) -> ZoneClock? = { ZoneClock($0) }
    ) {
        let spec = object["spec"]
        let annotations = object["metadata"]?["annotations"]
        func isSet(_ name: String) -> Bool {
            // A text that is no flag counts as true.
            annotations?["autoscaling.keda.sh/\(name)"].map { $0.flag ?? true } ?? false
        }
        let paused = annotations?["autoscaling.keda.sh/paused-replicas"]
        let replicas = paused?.wholeNumber.flatMap { Int32(exactly: $0) }
        if let paused, replicas == nil {
            problems.append(UnreadableField(place: paused.place, message: "the replicas of the pause are no number"))
        }
        let advanced = spec?["advanced"]
        var triggers: [KEDATrigger] = []
        for trigger in spec?["triggers"]?.items ?? [] {
            if let read = KEDATrigger(reading: trigger, &problems, zone: zone) { triggers.append(read) }
        }
        self.init(
            minReplicas: spec?["minReplicaCount"]?.int32, maxReplicas: spec?["maxReplicaCount"]?.int32,
            idleReplicas: spec?["idleReplicaCount"]?.int32, pollingInterval: spec?["pollingInterval"]?.integer,
            cooldownPeriod: spec?["cooldownPeriod"]?.integer,
            initialCooldownPeriod: spec?["initialCooldownPeriod"]?.integer, triggers: triggers,
            fallback: spec?["fallback"].flatMap { KEDAFallback(reading: $0) },
            modifiers: advanced?["scalingModifiers"].flatMap { ScalingModifiers(reading: $0, &problems) },
            behavior: advanced?["horizontalPodAutoscalerConfig"]?["behavior"].map { WrittenBehavior(reading: $0) },
            pause: paused != nil ? replicas.map { .at($0) } ?? .atCurrent : isSet("paused") ? .atCurrent : .none,
            pausesScaleIn: isSet("paused-scale-in"), pausesScaleOut: isSet("paused-scale-out"),
            forcesActivation: isSet("force-activation"))
    }
}

extension KEDAFallback {
    /// Reads a fallback; nil without its numbers.
    fileprivate init?(reading value: ManifestValue) {
        guard let threshold = value["failureThreshold"]?.integer, let replicas = value["replicas"]?.integer else {
            return nil
        }
        self.init(
            failureThreshold: threshold, replicas: replicas,
            behavior: value["behavior"]?.text.flatMap { Behavior(rawValue: $0) } ?? .fixed)
    }
}

extension ScalingModifiers {
    /// Reads modifiers; nil without a formula and a target.
    fileprivate init?(reading value: ManifestValue, _ problems: inout [UnreadableField]) {
        guard let text = value["formula"]?.text else { return nil }
        guard let formula = ModifierFormula(text), let target = value["target"]?.double, target > 0 else {
            let message = "the formula is not understood, or its target is not above zero"
            problems.append(UnreadableField(place: value.place, message: message))
            return nil
        }
        self.init(
            formula: formula, target: target, activation: value["activationTarget"]?.double ?? 0,
            isTotal: value["metricType"]?.text == "Value", isWhole: value["target"]?.wholeNumber != nil)
    }
}
