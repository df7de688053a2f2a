import Groundwork

/// A model's load as one number: the total over all replicas, and the load of one replica at its operating point.
package struct LoadSignal: Sendable {
    package let signal: Signal
    package let total: Total
    /// The total for the autoscaler of a model that scales to zero: zero if nothing runs, instead of no result.
    ///
    /// Without replicas there are no replica metrics. That must not look like a broken Prometheus, which scales the
    /// model up; nor may missing metrics look like zero load while a replica is ready.
    package let totalAtZero: Total
    /// The load of one replica at the operating point, in the same unit.
    package let perReplica: Reasoned
    /// The unit in words.
    package let unit: String

    package init(_ signal: Signal, of model: Placement, _ platform: PlatformSpec) {
        self.signal = signal
        let namespace = model.namespace
        let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.servedName)]
        let sustained: Reasoned
        switch signal {
        case .concurrency:
            let taken: Total = .sum(.running, series) + .sum(.waiting, series)
            total = rejectedLoad(model, series).map { taken + $0 } ?? taken
            sustained = model.point.sequences.named("sequences", signal.unit)
            unit = model.spec.task.value.generates ? "sequences" : "requests"
        case .kvCache:
            // KEDA keeps three decimals of a target: a ratio would lose digits.
            total = Total.sum(.kvCacheUsage, series).inPercent
            // A model without that share is rejected.
            let share = model.point.kvShare?.named("sustained KV cache usage", "ratio") ?? 1
            sustained = share * .constant(100, "%")
            unit = "percent of the KV cache"
        case .gpuUtilization:
            // The exporter's own labels name the pod that uses the GPU: scraped with honorLabels.
            let fields = ExporterFields(platform.exporterRelease)
            let share = Total.sumOfPods(
                fields.named(.gpuUtilization) ?? .gpuUtilization, [.equals("namespace", namespace), .pods(of: [model])])
            total = fields.hasRatios ? share.inPercent : share
            sustained = Thresholds.fullUtilization.reasoned
            unit = "percent"
        case .requests:
            // Without a gateway the spec is rejected.
            let gateway = platform.monitoring.gateway?.value ?? .istio
            total = .requests(
                GatewayRequests(gateway, to: model.serviceName, in: namespace), over: Thresholds.requestWindow.reasoned)
            sustained = model.point.requestsPerSecond.named("sustained request rate", signal.unit)
            unit = "requests per second"
        }
        perReplica = sustained.named("sustained load", signal.unit)
        let available = PromQL.sum(
            PromQL.select(
                model.availableMetric, [.equals("namespace", namespace), .workload(of: model)]))
        totalAtZero = signal == .requests ? total : total.orNothing(without: available)
    }
}

extension Signal {
    /// The unit of its load.
    var unit: Unit {
        switch self {
        case .concurrency: "sequences"
        case .kvCache, .gpuUtilization: "%"
        case .requests: "requests/s"
        }
    }
}

/// The series in which a model's load is recorded, for rules, dashboards and plain HorizontalPodAutoscalers.
package let loadSeries = "model:inference_load:sum"
