import Diagnostics
import Groundwork

/// A weekly window with a scheduled minimum number of replicas, in the platform's time zone.
package struct ScheduleSpec: Sendable {
    package let days: Traced<Weekdays>
    package let from: Traced<TimeOfDay>
    /// Not later than `from` means on the following day.
    package let to: Traced<TimeOfDay>
    /// The minimum of replicas within the window, of the whole model.
    package let min: Traced<Int>
    package let range: SourceRange
}

extension ScheduleSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        days = fields.required("days", .weekdays, "days on which the window starts")
        from = fields.required("from", .time, "start of the window, in platform.timezone")
        to = fields.required(
            "to", .time.example("\"18:00\""), "end of the window; if not later than `from`, on the following day")
        min = fields.required("min", .count(1...1000, 4), "scheduled minimum number of replicas")
    }
}
