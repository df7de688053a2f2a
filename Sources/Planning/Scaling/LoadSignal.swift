import Groundwork

/// A model's load as one number: the total over all replicas, and what one replica carries at its operating point.
package struct LoadSignal: Sendable {
    package let signal: Signal
    package let total: Total
    /// The total for the scaler of a model that sleeps: nothing where nothing runs, instead of no answer.
    ///
    /// A replica's own metrics are gone when there is none. That must not look like a Prometheus that sees nothing, which wakes the
    /// model; nor may silence look like sleep while a replica is ready.
    package let totalAsleep: Total
    /// What one replica carries at the operating point, in the same unit.
    package let perReplica: Reasoned
    /// The unit in words.
    package let unit: String

    package init(_ signal: Signal, of model: Placement, _ platform: PlatformSpec) {
        self.signal = signal
        let namespace = platform.namespace.value
        let series: [PromQL.Matcher] = [.equals("namespace", namespace), .equals("model_name", model.name)]
        let sustained: Reasoned
        switch signal {
        case .concurrency:
            total = .sum(.running, series) + .sum(.waiting, series)
            sustained = model.point.sequences.named("sequences", signal.unit)
            unit = "sequences"
        case .kvCache:
            // KEDA keeps three decimals of a target: a share would lose its last digits.
            total = Total.sum(.kvCacheUsage, series).inPercent
            sustained = model.point.kvShare.named("KV cache in use", "ratio") * .constant(100, "%")
            unit = "percent of the KV cache"
        case .gpuUtilization:
            // The exporter's own labels name the GPU's user: scraped with honorLabels.
            total = .sumOfPods(
                .gpuUtilization, [.equals("namespace", namespace), .pods(of: [model])])
            sustained = Thresholds.fullUtilization.reasoned
            unit = "percent"
        case .requests:
            // Without a gateway the spec was refused.
            let gateway = platform.monitoring.gateway?.value ?? .istio
            total = .requests(
                GatewayRequests(gateway, to: model.name, in: namespace), over: Thresholds.requestWindow.reasoned)
            sustained = model.point.requestsPerSecond.named("request rate", signal.unit)
            unit = "requests per second"
        }
        perReplica = sustained.named("sustained load", signal.unit)
        let available = PromQL.sum(
            PromQL.select(
                .deploymentAvailable, [.equals("namespace", namespace), .equals("deployment", model.name)]))
        totalAsleep = signal == .requests ? total : total.orNothing(without: available)
    }
}

extension Signal {
    /// The unit of a load that it shows.
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
