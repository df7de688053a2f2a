import Diagnostics
import Groundwork

/// The limit of the worst-case cost.
package struct BudgetSpec: Sendable {
    /// Dollars per month.
    package let limit: Traced<Double>
    package let range: SourceRange
}

extension BudgetSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        limit = fields.required(
            "limit", .dollarsPerMonth, "limits the worst-case cost: every pool at its limit for a whole month")
    }
}
