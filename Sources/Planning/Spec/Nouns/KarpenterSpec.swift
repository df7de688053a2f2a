import Diagnostics
import Groundwork

/// The installed Karpenter.
package struct KarpenterSpec: Sendable {
    package let version: Traced<Version>
    /// Gates that its Helm values turn on.
    package let featureGates: [Traced<KarpenterGate>]
    /// Whether its Helm values set `settings.enableDRA`, so that it starts nodes for claims.
    package let enableDRA: Traced<Bool>
    /// The SQS queue it reads spot interruption notices from.
    package let interruptionQueue: Traced<String>?
    /// Whether it is there at all: managed node groups need none.
    package let isInstalled: Bool
    package let range: SourceRange
}

extension KarpenterSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        isInstalled = true
        version = fields.required("version", .version, "the chart's version")
        featureGates = fields.list("featureGates", .word, "the gates that its Helm values turn on")
        enableDRA = fields.optional(
            "enableDRA", .boolean, "whether its Helm values set `settings.enableDRA`, to start nodes for claims",
            default: false, because: "the chart's own default")
        interruptionQueue = fields.optional("interruptionQueue", .queue, "the SQS queue of spot interruption notices")
    }

    /// Where none is installed: nothing is asked of it then.
    init(absentFrom platform: SourceRange) {
        version = Traced(Component.karpenter.since(.release), .convention("no Karpenter is installed"))
        featureGates = []
        enableDRA = Traced(false, .convention("no Karpenter is installed"))
        interruptionQueue = nil
        isInstalled = false
        range = platform
    }
}
