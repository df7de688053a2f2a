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
