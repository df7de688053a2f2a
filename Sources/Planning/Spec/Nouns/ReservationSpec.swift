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
        id = fields.required("id", .reservation, "ID of the capacity reservation")
        type = fields.required("type", .instanceType, "reserved instance type")
        zone = fields.required("zone", .zone, "availability zone of the reservation")
        count = fields.required("count", .count(1...1000, 2), "number of reserved instances")
        pricePerHour = fields.required("price", .dollarsPerHour, "price of one instance, used or not")
        ends = fields.optional("ends", .instant, "end of a capacity block; default: none, for an on-demand reservation")
    }
}
