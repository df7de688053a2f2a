import Groundwork

extension DeploymentSpec {
    /// Reads a Deployment, StatefulSet or LeaderWorkerSet; its pods take their whole grace period to end if nothing else is said.
    ///
    /// `hasMaxUnavailable` tells whether the API server keeps `maxUnavailable` of a StatefulSet.
    package init(reading object: ManifestValue, endSeconds: Int? = nil, hasMaxUnavailable: Bool = true) {
        let spec = object["spec"]
        let template = object.podTemplate
        let cost = template?["metadata"]?["annotations"]?["controller.kubernetes.io/pod-deletion-cost"]
        let grace = template?["spec"]?["terminationGracePeriodSeconds"]?.integer ?? Self.gracePeriod
        let (strategy, order) = Self.rollout(of: object, hasMaxUnavailable: hasMaxUnavailable)
        self.init(
            replicas: spec?["replicas"]?.integer ?? 1, strategy: strategy,
            minReadySeconds: spec?["minReadySeconds"]?.integer ?? 0, endSeconds: min(grace, endSeconds ?? grace),
            deletionCost: cost?.wholeNumber ?? 0, order: order)
    }

    /// How its pods are replaced, and in which order they start and end.
    private static func rollout(of object: ManifestValue, hasMaxUnavailable: Bool) -> (Strategy, PodOrder) {
        let spec = object["spec"]
        func counts(_ update: ManifestValue?, surge: Count, unavailable: Count) -> Strategy {
            .rollingUpdate(
                surge: update?["maxSurge"].flatMap { Count(reading: $0) } ?? surge,
                unavailable: update?["maxUnavailable"].flatMap { Count(reading: $0) } ?? unavailable)
        }
        switch object["kind"]?.text {
        case "StatefulSet":
            let update = spec?.at("updateStrategy", "rollingUpdate")
            let isParallel = spec?["podManagementPolicy"]?.text == "Parallel"
            let strategy =
                spec?.at("updateStrategy", "type")?.text == "OnDelete"
                ? .onDelete : counts(hasMaxUnavailable ? update : nil, surge: .pods(0), unavailable: .pods(1))
            return (strategy, .ordinals(parallel: isParallel, partition: update?["partition"]?.integer ?? 0))
        case "LeaderWorkerSet":
            // Its controller makes a StatefulSet of the leaders, which starts and ends them in parallel.
            let update = spec?.at("rolloutStrategy", "rollingUpdateConfiguration")
            return (
                counts(update, surge: .pods(0), unavailable: .pods(1)),
                .ordinals(parallel: true, partition: update?["partition"]?.integer ?? 0)
            )
        default:
            if spec?.at("strategy", "type")?.text == "Recreate" { return (.recreate, .any) }
            return (
                counts(spec?.at("strategy", "rollingUpdate"), surge: .percent(25), unavailable: .percent(25)), .any
            )
        }
    }

    /// The default of `terminationGracePeriodSeconds`.
    private static let gracePeriod = 30
}

extension DeploymentSpec.Count {
    /// Reads `1` or `25%`.
    fileprivate init?(reading value: ManifestValue) {
        if let count = value.integer {
            self = .pods(count)
        } else if let text = value.text, text.hasSuffix("%"), let share = Int(text.dropLast()) {
            self = .percent(share)
        } else {
            return nil
        }
    }
}
