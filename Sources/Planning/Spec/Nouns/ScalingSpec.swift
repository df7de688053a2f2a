import Diagnostics
import Groundwork

/// How a model's replicas follow its load.
package struct ScalingSpec: Sendable {
    package let by: Traced<Autoscaler>
    package let on: [Traced<Signal>]
    /// Ratios of a replica's sustainable load; nil means the class's row.
    package let up: Traced<Double>?
    package let down: Traced<Double>?
    package let cooldownSeconds: Traced<Double>?
    /// Floors by the clock, besides the load.
    package let schedule: [ScheduleSpec]
    /// The name of a HorizontalPodAutoscaler that KEDA takes over instead of making its own.
    package let adopt: Traced<String>?
    package let range: SourceRange
}

extension ScalingSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        by = fields.optional(
            "by", .word, "what sets the replicas: keda, hpa or none", default: .keda, because: "it needs no adapter")
        on = fields.oneOrMore(
            "signal", .word,
            "what it looks at, one or several: concurrency, kv-cache, gpu-utilization, or requests at the gateway",
            default: .concurrency,
            because: "it grows with the load, where the others saturate")
        let load = "a share of a replica's sustainable load; absent: the class's row"
        up = fields.optional("up", .percentage(0.05...1, "5% to 100%"), "when to scale out: \(load)")
        down = fields.optional("down", .percentage(0.01...0.95, "1% to 95%"), "when to scale in: \(load)")
        cooldownSeconds = fields.optional(
            "cooldown", .duration(0...3600, "0s to 1h"),
            "how long to wait before scaling in; never below the cold start")
        schedule = fields.nouns(
            "schedule", ScheduleSpec.init(_:), "windows of the week with more replicas than the load asks for")
        adopt = fields.optional(
            "adopt", .name(atMost: Int(Thresholds.longestLabel.value), because: "it is a label's value"),
            "an existing HorizontalPodAutoscaler of the Deployment, which KEDA takes over")
    }
}
