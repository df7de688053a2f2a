import Diagnostics

/// The installed Karpenter.
package struct KarpenterSpec: Sendable {
    package let version: Traced<Version>
    /// Gates that its Helm values turn on.
    package let featureGates: [Traced<KarpenterGate>]
    /// The SQS queue it reads spot interruption notices from.
    package let interruptionQueue: Traced<String>?
    package let range: SourceRange
}

extension KarpenterSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        version = fields.required("version", .version, "the chart's version")
        featureGates = fields.list("featureGates", .word, "the gates that its Helm values turn on")
        interruptionQueue = fields.optional("interruptionQueue", .queue, "the SQS queue of spot interruption notices")
    }
}
