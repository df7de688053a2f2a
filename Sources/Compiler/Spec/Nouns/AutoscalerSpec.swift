import Diagnostics

/// The installed pod autoscaling add-ons.
package struct AutoscalerSpec: Sendable {
    package let keda: Traced<Version>?
    package let prometheusAdapter: Traced<Version>?
    package let range: SourceRange
}
