import Groundwork

extension DeploymentSpec {
    /// Reads a Deployment; its pods take their whole grace period to end if nothing else is said.
    package init(reading object: ManifestValue, endSeconds: Int? = nil) {
        let spec = object["spec"]
        let template = spec?["template"]
        let rolling = spec?["strategy"]?["rollingUpdate"]
        let cost = template?["metadata"]?["annotations"]?["controller.kubernetes.io/pod-deletion-cost"]
        let grace = template?["spec"]?["terminationGracePeriodSeconds"]?.integer ?? Self.gracePeriod
        self.init(
            replicas: spec?["replicas"]?.integer ?? 1,
            strategy: spec?["strategy"]?["type"]?.text == "Recreate"
                ? .recreate
                : .rollingUpdate(
                    surge: rolling?["maxSurge"].flatMap { Count(reading: $0) } ?? .percent(25),
                    unavailable: rolling?["maxUnavailable"].flatMap { Count(reading: $0) } ?? .percent(25)),
            minReadySeconds: spec?["minReadySeconds"]?.integer ?? 0, endSeconds: min(grace, endSeconds ?? grace),
            deletionCost: cost?.wholeNumber ?? 0)
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
