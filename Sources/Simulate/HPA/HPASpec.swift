/// The spec of a HorizontalPodAutoscaler.
package struct HPASpec: Sendable, Hashable {
    /// Nil where the object does not say; Kubernetes takes 1.
    package var minReplicas: Int32?
    package var maxReplicas: Int32
    package var metrics: [HPAMetric]
    /// Nil where the object has none, which is another algorithm than one with defaults.
    package var behavior: ScalingBehavior?

    package init(
        minReplicas: Int32? = nil, maxReplicas: Int32, metrics: [HPAMetric], behavior: ScalingBehavior? = nil
    ) {
        self.minReplicas = minReplicas
        self.maxReplicas = maxReplicas
        self.metrics = metrics
        self.behavior = behavior
    }

    /// The minimum after defaulting.
    package var minimum: Int32 { minReplicas ?? 1 }

    /// Whether a metric is known without pods, so that the HPA can scale from zero.
    var hasMetricWithoutPods: Bool { metrics.contains { $0.kind == .external || $0.kind == .object } }
}

/// One metric of a HorizontalPodAutoscaler.
package struct HPAMetric: Sendable, Hashable {
    /// Where its value comes from.
    package enum Kind: Sendable, Hashable { case external, object, pods, resource, containerResource }

    /// What the value is compared with.
    package enum Target: Sendable, Hashable {
        /// A value for each replica, in thousandths.
        case averageValue(Int)
        /// A value for all replicas, in thousandths.
        case value(Int)
        /// A share of what the pods request, in whole percent.
        case utilization(Int32)
    }

    package let kind: Kind
    package let target: Target
    /// The metric, or the resource.
    package let name: String
    /// The labels that select its series, or the container of a container resource, or the described object.
    package let of: [String: String]

    package init(_ kind: Kind, _ target: Target, name: String = "", of: [String: String] = [:]) {
        self.kind = kind
        self.target = target
        self.name = name
        self.of = of
    }

    /// Whether readings of pods that are starting are put aside.
    var isCPU: Bool { name == "cpu" && (kind == .resource || kind == .containerResource) }
}
