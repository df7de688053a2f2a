import Groundwork

extension HPASpec {
    /// The percentage of CPU that the API server fills in where an HPA has no metric.
    private static let defaultUtilization: Int32 = 80

    /// Reads a HorizontalPodAutoscaler of `autoscaling/v2` or `autoscaling/v1`; nil without what the API server requires.
    package init?(reading object: ManifestValue, _ problems: inout [UnreadableField]) {
        guard let spec = object["spec"], let most = spec["maxReplicas"]?.int32 else {
            let message = "`maxReplicas` is not a whole number"
            problems.append(UnreadableField(place: object.place, message: message))
            return nil
        }
        var metrics: [HPAMetric] = []
        for metric in spec.items(of: "metrics") {
            if let read = HPAMetric(reading: metric) {
                metrics.append(read)
            } else {
                problems.append(UnreadableField(place: metric.place, message: "the metric has no target or no source"))
            }
        }
        if let share = spec["targetCPUUtilizationPercentage"]?.int32 {
            metrics.append(HPAMetric(.resource, .utilization(share), name: "cpu"))
        }
        if metrics.isEmpty, spec["metrics"]?.isEmpty ?? true {
            metrics.append(HPAMetric(.resource, .utilization(Self.defaultUtilization), name: "cpu"))
        }
        self.init(
            minReplicas: spec["minReplicas"]?.int32, maxReplicas: most, metrics: metrics,
            behavior: spec["behavior"].flatMap { $0.isNull ? nil : WrittenBehavior(reading: $0).scaling })
    }
}

extension HPAMetric {
    /// Reads a metric; nil without a source or a target.
    init?(reading value: ManifestValue) {
        let kinds: [(String, Kind)] = [
            ("external", .external), ("object", .object), ("pods", .pods), ("resource", .resource),
            ("containerResource", .containerResource),
        ]
        guard
            let (key, kind) = kinds.first(where: { value["type"]?.text?.lowercased() == $0.0.lowercased() }),
            let source = value[key], let target = source["target"].flatMap({ Target(reading: $0, kind) })
        else { return nil }
        var of = source["metric"]?["selector"]?["matchLabels"]?.texts ?? [:]
        if let container = source["container"]?.text { of["container"] = container }
        if let described = source["describedObject"] {
            of["kind"] = described["kind"]?.text
            of["name"] = described["name"]?.text
        }
        self.init(kind, target, name: source["metric"]?["name"]?.text ?? source["name"]?.text ?? "", of: of)
    }
}

extension HPAMetric.Target {
    /// Reads a target as the controller does: by its type for objects, else by the field that there is.
    fileprivate init?(reading value: ManifestValue, _ kind: HPAMetric.Kind) {
        let average = value["averageValue"]?.text.flatMap { Quantity($0) }.map { Self.averageValue($0.milli) }
        let total = value["value"]?.text.flatMap { Quantity($0) }.map { Self.value($0.milli) }
        let share = value["averageUtilization"]?.int32.map { Self.utilization($0) }
        let target: Self? =
            switch kind {
            case .object: value["type"]?.text == "Value" ? total : average
            case .external: average ?? total
            case .pods: average
            case .resource, .containerResource: average ?? share
            }
        guard let target else { return nil }
        self = target
    }
}
