import Groundwork

extension KEDATrigger {
    /// The keys under which scalers of KEDA have their target.
    private static let targetKeys = [
        "threshold", "targetValue", "value", "lagThreshold", "queueLength", "targetQueueLength", "listLength",
    ]
    private static let activationKeys = [
        "activationThreshold", "activationTargetValue", "activationValue", "activationLagThreshold",
        "activationQueueLength", "activationTargetQueueLength", "activationListLength",
    ]

    /// Reads a trigger; nil if KEDA rejects it.
    init?(reading value: ManifestValue, _ problems: inout [UnreadableField], zone: (String) -> ZoneClock?) {
        let metadata = value["metadata"]
        let type = value["type"]?.text ?? ""
        func first(_ keys: [String]) -> Double? { keys.lazy.compactMap { metadata?[$0]?.double }.first }
        func reject(_ message: String) {
            problems.append(UnreadableField(place: (metadata ?? value).place, message: message))
        }
        let kind: Kind
        var threshold = first(Self.targetKeys)
        switch type {
        case "cron":
            guard let cron = CronTrigger(reading: metadata, zone: zone) else {
                reject("the cron trigger has no valid `start`, `end`, `timezone` and `desiredReplicas`")
                return nil
            }
            kind = .cron(cron)
            threshold = 1
        case "cpu", "memory":
            guard let metric = HPAMetric(reading: value, resource: type) else {
                reject("the trigger has no `value` of its `metricType`")
                return nil
            }
            kind = .resource(metric)
            threshold = 0
        case "prometheus":
            kind = .prometheus(
                query: metadata?["query"]?.text ?? "", ignoresNull: metadata?["ignoreNullValues"]?.flag ?? true)
        default: kind = .other(type)
        }
        guard let threshold else {
            reject("the trigger has no target")
            return nil
        }
        self.init(
            kind, name: value["name"]?.text ?? "", threshold: threshold, activation: first(Self.activationKeys) ?? 0,
            isTotal: value["metricType"]?.text == "Value", isCached: value["useCachedMetrics"]?.flag ?? false)
    }
}

extension CronTrigger {
    /// Reads the metadata of a cron trigger; nil if KEDA rejects it.
    fileprivate init?(reading metadata: ManifestValue?, zone: (String) -> ZoneClock?) {
        guard let start = metadata?["start"]?.text, let end = metadata?["end"]?.text, start != end,
            let starts = CronSchedule(start), let ends = CronSchedule(end),
            let zone = metadata?["timezone"]?.text.flatMap(zone),
            let replicas = metadata?["desiredReplicas"]?.wholeNumber, replicas != 0
        else { return nil }
        self.init(start: starts, end: ends, zone: zone, replicas: replicas)
    }
}

extension HPAMetric {
    /// Reads a trigger for CPU or memory as the metric of KEDA's HPA; nil without a target.
    fileprivate init?(reading trigger: ManifestValue, resource: String) {
        let metadata = trigger["metadata"]
        let target: Target?
        switch trigger["metricType"]?.text ?? metadata?["type"]?.text {
        case "AverageValue": target = metadata?["value"]?.text.flatMap { Quantity($0) }.map { .averageValue($0.milli) }
        case "Utilization":
            target = metadata?["value"]?.wholeNumber.flatMap { Int32(exactly: $0) }.map { .utilization($0) }
        default: target = nil
        }
        guard let target else { return nil }
        guard let container = metadata?["containerName"]?.text else {
            self.init(.resource, target, name: resource)
            return
        }
        self.init(.containerResource, target, name: resource, of: ["container": container])
    }
}
