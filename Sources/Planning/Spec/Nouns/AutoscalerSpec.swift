import Diagnostics
import Groundwork

/// The installed pod autoscaling add-ons.
package struct AutoscalerSpec: Sendable {
    package let keda: Traced<Version>?
    package let prometheusAdapter: Traced<Version>?
    package let range: SourceRange
}

extension AutoscalerSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        keda = fields.optional(
            "keda", .version.example("\"2.20\""), "version of the installed KEDA; default: not installed")
        prometheusAdapter = fields.optional(
            "prometheusAdapter", .version.example("\"0.12\""),
            "version of the installed prometheus-adapter; default: not installed")
    }
}
