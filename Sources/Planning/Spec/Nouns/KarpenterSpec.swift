import Diagnostics
import Groundwork

/// The installed Karpenter.
package struct KarpenterSpec: Sendable {
    package let version: Traced<Version>
    /// Feature gates that its Helm values enable.
    package let featureGates: [Traced<KarpenterGate>]
    /// Whether its Helm values set `settings.enableDRA`, so that it launches nodes for claims.
    package let enableDRA: Traced<Bool>
    /// The SQS queue it reads spot interruption notices from.
    package let interruptionQueue: Traced<String>?
    /// Whether it is installed at all: managed node groups do not need it.
    package let isInstalled: Bool
    package let range: SourceRange
}

extension KarpenterSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        isInstalled = true
        version = fields.required("version", .version.example("\"1.14\""), "version of the Helm chart")
        featureGates = fields.list("featureGates", .word, "feature gates that its Helm values enable")
        enableDRA = fields.optional(
            "enableDRA", .boolean, "whether its Helm values set `settings.enableDRA`, to launch nodes for claims",
            default: false, because: "the default of the chart")
        interruptionQueue = fields.optional(
            "interruptionQueue", .queue, "name of the SQS queue for spot interruption notices; default: none")
    }

    /// Stands in where Karpenter is not installed.
    init(absentFrom platform: SourceRange) {
        version = Traced(Component.karpenter.since(.release), .convention("Karpenter is not installed"))
        featureGates = []
        enableDRA = Traced(false, .convention("Karpenter is not installed"))
        interruptionQueue = nil
        isInstalled = false
        range = platform
    }
}
