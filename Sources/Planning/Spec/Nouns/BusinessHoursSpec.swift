import Diagnostics
import Groundwork

/// When nodes may not be disrupted voluntarily, in the platform's time zone.
package struct BusinessHoursSpec: Sendable {
    package let days: Traced<Weekdays>
    package let from: Traced<TimeOfDay>
    package let to: Traced<TimeOfDay>
    package let range: SourceRange
}

extension BusinessHoursSpec {
    init(_ fields: inout FieldReader) {
        range = fields.range
        days = fields.required("days", .weekdays, "days of the week")
        from = fields.required("from", .time, "start of the hours")
        to = fields.required("to", .time.example("\"18:00\""), "end of the hours")
    }
}
