import Diagnostics

/// Capacity that is already paid for: an on-demand reservation, or a capacity block if it ends.
package struct ReservationSpec: Sendable {
    /// The reservation's name at EC2, `cr-…`.
    package let id: Traced<String>
    package let type: Traced<String>
    package let zone: Traced<String>
    package let count: Traced<Int>
    /// Dollars per hour and instance.
    package let pricePerHour: Traced<Double>
    /// When a capacity block ends, RFC 3339 in UTC.
    package let ends: Traced<String>?
    package let range: SourceRange
}
