import Diagnostics
import Groundwork

/// A weekly window in which more replicas run than load alone asks for, in the platform's time zone.
package struct ScheduleSpec: Sendable {
    package let days: Traced<Weekdays>
    package let from: Traced<TimeOfDay>
    /// Not later than `from` means on the following day.
    package let to: Traced<TimeOfDay>
    /// The fewest replicas within the window, of the whole model.
    package let min: Traced<Int>
    package let range: SourceRange
}

extension ScheduleSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        days = fields.required("days", .weekdays, "the days on which the window begins")
        from = fields.required("from", .time, "when it begins, in platform.timezone")
        to = fields.required("to", .time, "when it ends; not later than `from`: on the following day")
        min = fields.required("min", .count(1...1000, 4), "never fewer replicas within it")
    }
}
