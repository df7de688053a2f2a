import Groundwork

/// Reads the Deployments, StatefulSets and LeaderWorkerSets of some objects with their autoscalers.
///
/// Those of a tree that neither serve a model nor have an autoscaler are read too: they take room, and may be preempted.
func readWorkloads(
    _ objects: [ManifestValue], _ kubernetes: Version, _ problems: inout [UnreadableField]
) -> [TreeWorkload] {
    let priorities = PriorityClasses(objects)
    let claims = claimedDevices(objects)
    let monitors = objects.filter { ["ServiceMonitor", "PodMonitor"].contains($0["kind"]?.text) }
    let hasMaxUnavailable = Component.kubernetes.offers(.statefulSetMaxUnavailable, at: kubernetes)
    let services = objects.filter { $0["kind"]?.text == "Service" }
    return objects.compactMap { object in
        guard let kind = object["kind"]?.text.flatMap(TreeWorkload.Kind.init) else { return nil }
        // Groups of several pods are not simulated.
        if object.podsPerGroup ?? 1 != 1 { return nil }
        guard let pod = PodPlacementSpec(workload: object, priorities: priorities, claims: claims),
            let name = object.at("metadata", "name")?.text
        else { return nil }
        // The one that serves a model may stand beside others, such as a log shipper.
        let containers = object.podTemplate?.at("spec", "containers")?.items ?? []
        let container = containers.first { servedModel(commandWords($0)) != nil } ?? containers.first
        let words = commandWords(container)
        let model = servedModel(words)
        let service = services.first { selects($0["spec"]?["selector"], pod) && isIn($0, pod.namespace) }
        let interval = monitors.lazy.filter { isIn($0, pod.namespace) && monitored($0, service, pod) }
            .compactMap {
                ($0.at("spec", "endpoints") ?? $0.at("spec", "podMetricsEndpoints"))?.items?.first?["interval"]?.text
            }
            .first.flatMap(queryDuration)
        var workload = TreeWorkload(
            kind: kind, name: name, namespace: pod.namespace, model: model,
            service: service?.at("metadata", "name")?.text ?? name,
            limits: QueueLimits(
                requests: argument(["--max-num-queued-reqs"], words).flatMap { Int($0) },
                promptTokens: argument(["--max-num-queued-tokens"], words).flatMap { Double($0) }),
            deployment: DeploymentSpec(
                reading: object, hasMaxUnavailable: hasMaxUnavailable),
            pod: pod,
            scaler: .none, autoscalerName: nil, queries: [:], isRecorded: false, scrape: Int((interval ?? 30) * 1000),
            image: container?["image"]?.text ?? "")
        readScaler(of: &workload, objects, &problems)
        return workload
    }
}

/// The command of a container and its arguments, word by word.
private func commandWords(_ container: ManifestValue?) -> [String] {
    (container?.items(of: "command", "args") ?? []).compactMap(\.text)
        .flatMap { $0.split { $0 == " " || $0 == "\n" }.map(String.init) }
}

/// The value of the first of some arguments that a command has.
private func argument(_ names: [String], _ words: [String]) -> String? {
    for name in names {
        for (place, word) in words.enumerated() {
            if word.hasPrefix("\(name)=") { return String(word.dropFirst(name.count + 1)) }
            if word == name, place + 1 < words.count { return words[place + 1] }
        }
    }
    return nil
}

/// The name under which a command serves a model with vLLM or SGLang; nil if it serves none.
private func servedModel(_ words: [String]) -> String? {
    if let name = argument(["--served-model-name", "--model", "--model-path"], words) { return name }
    if let place = words.firstIndex(of: "serve"), place + 1 < words.count, words.first?.contains("vllm") ?? false {
        return words[place + 1]
    }
    return nil
}

private func isIn(_ object: ManifestValue, _ namespace: String) -> Bool {
    (object.at("metadata", "namespace")?.text ?? "default") == namespace
}

/// Whether the labels of a selector are among a pod's.
private func selects(_ labels: ManifestValue?, _ pod: PodPlacementSpec) -> Bool {
    guard let texts = labels?.texts, !texts.isEmpty else { return false }
    return texts.allSatisfy { pod.labels[$0.key] == $0.value }
}

/// Whether a ServiceMonitor selects a Service, or a PodMonitor a pod.
private func monitored(_ monitor: ManifestValue, _ service: ManifestValue?, _ pod: PodPlacementSpec) -> Bool {
    let wanted = monitor.at("spec", "selector", "matchLabels")?.texts ?? [:]
    let labels =
        monitor["kind"]?.text == "PodMonitor" ? pod.labels : service?.at("metadata", "labels")?.texts ?? [:]
    return wanted.allSatisfy { labels[$0.key] == $0.value }
}

/// Reads the autoscaler that targets a workload.
private func readScaler(
    of workload: inout TreeWorkload, _ objects: [ManifestValue], _ problems: inout [UnreadableField]
) {
    func targets(_ object: ManifestValue) -> Bool {
        let target = object.at("spec", "scaleTargetRef")
        return isIn(object, workload.namespace) && target?["name"]?.text == workload.name
            && target?["kind"]?.text ?? "Deployment" == workload.kind.rawValue
    }
    if let object = objects.first(where: { $0["kind"]?.text == "ScaledObject" && targets($0) }) {
        let spec = ScaledObjectSpec(reading: object, &problems)
        for (index, trigger) in spec.triggers.enumerated() {
            switch trigger.kind {
            case .prometheus(let query, _): workload.queries[index] = query
            case .cron: continue
            case .resource, .other: problems.append(notSimulated("the trigger", object))
            }
        }
        workload.scaler = .keda(spec)
        let given = object.at("spec", "advanced", "horizontalPodAutoscalerConfig", "name")?.text
        workload.autoscalerName = given ?? object.at("metadata", "name")?.text.map { "keda-hpa-\($0)" }
    } else if let object = objects.first(where: { $0["kind"]?.text == "HorizontalPodAutoscaler" && targets($0) }),
        let spec = HPASpec(reading: object, &problems)
    {
        for (index, metric) in spec.metrics.enumerated() {
            if let query = recordedQuery(metric, objects) {
                workload.queries[index] = query
            } else {
                problems.append(notSimulated("the metric `\(metric.name)`", object))
            }
        }
        workload.isRecorded = true
        workload.scaler = .hpa(spec)
        workload.autoscalerName = object.at("metadata", "name")?.text
    }
}

private func notSimulated(_ what: String, _ object: ManifestValue) -> UnreadableField {
    UnreadableField(
        place: object["spec"]?.place ?? object.place,
        message: "\(what) is not simulated: only Prometheus queries, recording rules and schedules are")
}

/// The query of the recording rule behind a metric that prometheus-adapter serves.
private func recordedQuery(_ metric: HPAMetric, _ objects: [ManifestValue]) -> String? {
    var best: (query: String, rank: Int)?
    for object in objects where object["kind"]?.text == "PrometheusRule" {
        for rule in (object.at("spec", "groups")?.items ?? []).flatMap({ $0.items(of: "rules") }) {
            guard let record = rule["record"]?.text, let query = rule["expr"]?.text else { continue }
            let parts = record.split(separator: ":").map(String.init)
            guard record == metric.name || parts.contains(metric.name) else { continue }
            let labels = rule["labels"]?.texts ?? [:]
            let subject = metric.of["name"]
            let selected = metric.of.filter { $0.key != "kind" && $0.key != "name" }
            guard selected.allSatisfy({ labels[$0.key] == $0.value }),
                subject == nil || labels["service"] == nil || labels["service"] == subject
            else { continue }
            // The series that is meant for scalers comes before totals and ratios of the same name.
            let rank = record == metric.name || parts.last == "scaling" ? 2 : parts.last == "sum" ? 1 : 0
            if rank > best?.rank ?? -1 { best = (query, rank) }
        }
    }
    return best?.query
}
