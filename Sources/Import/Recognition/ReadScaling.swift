import Groundwork

/// What scales a model, as the input has it.
struct FoundScaling {
    /// The ScaledObject or HPA; nil if the replicas are fixed.
    let scaler: ImportedObject?
    /// The triggers of signals that Stowage knows: the signal, and the load per replica at which it adds one.
    let signals: [(signal: String, threshold: Double, home: String)]
    let workloadClass: WorkloadClass?
    /// What a replica sustains of each signal, where a rule says it.
    let sustained: [String: (value: Double, home: String)]
    /// The seconds for which a rejected request counts in the load; nil if it does not.
    let stay: Double?

    /// Finds what scales a model.
    init(_ model: FoundModel, in tree: ImportedTree) {
        let names = Set(model.workloads.map(\.name))
        scaler =
            tree.all("ScaledObject", "HorizontalPodAutoscaler").filter { object in
                (object.namespace == model.namespace || object.namespace.isEmpty)
                    && names.contains(object.spec?.at("scaleTargetRef", "name")?.text ?? "")
            }.sorted { $0.kind > $1.kind }.first
        signals = (scaler?.spec?["triggers"]?.items ?? []).compactMap { Self.signal($0) } + Self.metrics(scaler)
        sustained = Self.sustained(model, tree)
        stay = rules(of: tree).lazy.filter { $0.at("labels", "model")?.text == model.name }
            .compactMap { $0["expr"]?.text?.firstMatch(of: /([0-9.]+) \* \(sum\(rate\(vllm:admission_rejections/) }
            .first.flatMap { Double($0.1) }
        workloadClass =
            scaler == nil ? Self.workloadClass(alertsOf: model, tree, sustained) : Self.workloadClass(scaler, signals)
    }

    var isKEDA: Bool { scaler?.kind == "ScaledObject" }

    /// The bounds of the scaler.
    var bounds: (min: ManifestValue?, max: ManifestValue?) {
        isKEDA
            ? (scaler?.spec?["minReplicaCount"], scaler?.spec?["maxReplicaCount"])
            : (scaler?.spec?["minReplicas"], scaler?.spec?["maxReplicas"])
    }

    /// How the scaler behaves.
    var behavior: ManifestValue? {
        isKEDA
            ? scaler?.spec?.at("advanced", "horizontalPodAutoscalerConfig", "behavior") : scaler?.spec?["behavior"]
    }

    /// The signal of a trigger, by its query.
    private static func signal(_ trigger: ManifestValue) -> (signal: String, threshold: Double, home: String)? {
        guard trigger["type"]?.text == "prometheus", let query = trigger.at("metadata", "query")?.text,
            let threshold = trigger.at("metadata", "threshold"), let figure = threshold.text.flatMap(Double.init)
        else { return nil }
        return signal(of: query).map { ($0, figure, threshold.home) }
    }

    /// The metrics of an HPA that measure a known signal.
    private static func metrics(_ scaler: ImportedObject?) -> [(signal: String, threshold: Double, home: String)] {
        guard scaler?.kind == "HorizontalPodAutoscaler" else { return [] }
        return (scaler?.spec?["metrics"]?.items ?? []).compactMap { metric in
            let source = metric["object"] ?? metric["pods"] ?? metric["external"]
            guard let target = source?.at("target", "averageValue"), let figure = target.quantity else { return nil }
            let labels = source?.at("metric", "selector", "matchLabels")
            let name = labels?["signal"]?.text ?? signal(of: source?.at("metric", "name")?.text ?? "")
            return name.map { ($0, figure, target.home) }
        }
    }

    /// The signal that a query or metric measures.
    private static func signal(of query: String) -> String? {
        if query.mentions("kv_cache_usage") || query.mentions("gpu_cache_usage") { return "kv-cache" }
        if query.mentions("num_requests") { return "concurrency" }
        if query.mentions("DCGM_FI_DEV_GPU_UTIL") || query.mentions("DCGM_FI_PROF_GR_ENGINE") {
            return "gpu-utilization"
        }
        return query.mentions("_requests_total") || query.mentions("upstream_rq") || query.mentions("nginx_ingress")
            ? "requests" : nil
    }

    /// Reads the recording rules that divide the load by what a replica sustains.
    private static func sustained(_ model: FoundModel, _ tree: ImportedTree) -> [String: (value: Double, home: String)]
    {
        var found: [String: (value: Double, home: String)] = [:]
        for rule in rules(of: tree) where rule["record"]?.text == "model:inference_load:ratio" {
            guard rule.at("labels", "model")?.text == model.name, let signal = rule.at("labels", "signal")?.text,
                let expression = rule["expr"], let text = expression.text,
                let match = text.firstMatch(of: /\)\ \/\ ([0-9.]+)\ \/\ \(/), let value = Double(match.1)
            else { continue }
            found[signal] = (value, expression.home)
        }
        return found
    }

    /// The class whose thresholds lie as far apart as those of the scaler.
    private static func workloadClass(
        _ scaler: ImportedObject?, _ signals: [(signal: String, threshold: Double, home: String)]
    ) -> WorkloadClass? {
        guard let scaler else { return nil }
        var shares: [Double] = []
        let behavior =
            scaler.spec?.at("advanced", "horizontalPodAutoscalerConfig", "behavior") ?? scaler.spec?["behavior"]
        if let tolerance = behavior?.at("scaleDown", "tolerance")?.quantity, tolerance > 0 {
            shares.append(1 - tolerance)
        }
        for trigger in scaler.spec?["triggers"]?.items ?? [] {
            guard let query = trigger.at("metadata", "query")?.text,
                let upper = query.firstMatch(of: />\ ([0-9.]+)\ \*/),
                let lower = query.firstMatch(of: /<\ ([0-9.]+)\ \*/),
                let high = Double(upper.1), let low = Double(lower.1), high > 0
            else { continue }
            shares.append(low / high)
        }
        let rows = WorkloadClass.allCases.map { row in
            let thresholds = WorkloadThresholds.row(of: row)
            return (row, shares.map { abs($0 - thresholds.down.value / thresholds.up.value) }.min() ?? 1)
        }
        return rows.filter { $0.1 < tolerated }.min { $0.1 < $1.1 }?.0
    }
}

extension FoundScaling {
    /// The class whose warning level is that of the load alert; for models with fixed replicas.
    private static func workloadClass(
        alertsOf model: FoundModel, _ tree: ImportedTree, _ sustained: [String: (value: Double, home: String)]
    ) -> WorkloadClass? {
        let alert = rules(of: tree).first {
            $0["alert"]?.text == "ModelLoadHigh" && $0.at("labels", "model")?.text == model.name
        }
        guard let limit = sustained["concurrency"]?.value, limit > 0,
            let match = alert?["expr"]?.text?.firstMatch(of: />\ ([0-9.]+)\ \*/), let level = Double(match.1)
        else { return nil }
        let share = Thresholds.warningStep.value
        let up = (level / limit - share) / (1 - share)
        return WorkloadClass.allCases.first { abs(WorkloadThresholds.row(of: $0).up.value - up) < tolerated }
    }
}

/// How far the rounded thresholds of an autoscaler may be from those of a class.
private let tolerated = 0.02

/// All rules of a tree.
func rules(of tree: ImportedTree) -> [ManifestValue] { rules(of: tree.all("PrometheusRule")) }

/// The rules of some PrometheusRules.
func rules(of objects: [ImportedObject]) -> [ManifestValue] {
    objects.flatMap { object in
        (object.spec?["groups"]?.items ?? []).flatMap { $0.items(of: "rules") }
    }
}
