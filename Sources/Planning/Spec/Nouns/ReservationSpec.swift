import Diagnostics
import Groundwork

/// Capacity that is already paid for: an on-demand reservation, or a capacity block if it ends.
package struct ReservationSpec: Sendable {
    /// The reservation's name at EC2, `cr-…`.
    package let id: Traced<String>
    package let type: Traced<String>
    package let zone: Traced<String>
    package let count: Traced<Int>
    /// Dollars per hour and instance.
    package internal(set) var pricePerHour: Traced<Double>
    /// When a capacity block ends; nil for an on-demand reservation, which does not.
    package let ends: Traced<Instant>?
    package let range: SourceRange
}

extension ReservationSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        id = fields.required("id", .reservation, "the capacity reservation's id")
        type = fields.required("type", .instanceType, "what is reserved")
        zone = fields.required("zone", .zone, "where it is reserved")
        count = fields.required("count", .count(1...1000, 2), "how many instances are reserved")
        pricePerHour = fields.required("price", .dollarsPerHour, "what one of them costs, used or not")
        ends = fields.optional("ends", .instant, "when a capacity block ends; absent: an on-demand reservation")
    }
}
