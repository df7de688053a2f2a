import Diagnostics

/// What the fleet may cost at worst.
package struct BudgetSpec: Sendable {
    /// Dollars per month.
    package let limit: Traced<Double>
    package let range: SourceRange
}
