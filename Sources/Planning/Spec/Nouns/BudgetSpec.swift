import Diagnostics
import Groundwork

/// What the fleet may cost at worst.
package struct BudgetSpec: Sendable {
    /// Dollars per month.
    package let limit: Traced<Double>
    package let range: SourceRange
}

extension BudgetSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        limit = fields.required("limit", .dollarsPerMonth, "bounds the worst case: every pool at its limit, all month")
    }
}
