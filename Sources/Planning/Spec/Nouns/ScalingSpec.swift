import Diagnostics
import Groundwork

/// How a model's replicas scale with its load.
package struct ScalingSpec: Sendable {
    package let by: Traced<Autoscaler>
    package let on: [Traced<Signal>]
    /// Ratios of a replica's sustainable load; nil means the class's row.
    package let up: Traced<Double>?
    package let down: Traced<Double>?
    package let cooldownSeconds: Traced<Double>?
    /// Scheduled minimums, besides the load.
    package let schedule: [ScheduleSpec]
    /// The name of a HorizontalPodAutoscaler that KEDA takes over instead of creating its own.
    package let adopt: Traced<String>?
    package let range: SourceRange
}

extension ScalingSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        by = fields.optional(
            "by", .word, "autoscaler: keda, hpa or none", default: .keda, because: "it needs no metrics adapter")
        on = fields.oneOrMore(
            "signal", .word,
            "one or more signals to scale on: concurrency, kv-cache, gpu-utilization, or requests at the gateway",
            default: .concurrency,
            because: "it grows with the load, where other signals saturate")
        let load = "share of a replica's sustainable load; default: that of the class"
        up = fields.optional("up", .percentage(0.05...1, "5% to 100%").example("70%"), "scale-out threshold, \(load)")
        down = fields.optional(
            "down", .percentage(0.01...0.95, "1% to 95%").example("30%"), "scale-in threshold, \(load)")
        cooldownSeconds = fields.optional(
            "cooldown", .duration(0...3600, "0s to 1h").example("5m"),
            "delay before scaling in; never below the cold start; default: that of the class")
        schedule = fields.nouns(
            "schedule", ScheduleSpec.init(_:),
            "weekly windows with a scheduled minimum number of replicas; default: none")
        adopt = fields.optional(
            "adopt",
            .name(atMost: Int(Thresholds.longestLabel.value), because: "used as a label value").example("chat-70b-hpa"),
            "existing HorizontalPodAutoscaler of the Deployment, which KEDA takes over; default: none")
    }
}
