import Groundwork

/// A set of days, in the order of the week.
package struct Weekdays: Sendable, Hashable, FactConvertible {
    package enum Day: Int, Sendable, CaseIterable, Comparable {
        case monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday

        /// `Mon` … `Sun`.
        package var short: String { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][rawValue - 1] }
        /// The number cron gives it: Sunday is 0.
        package var cron: Int { rawValue % 7 }

        package static func < (left: Day, right: Day) -> Bool { left.rawValue < right.rawValue }
    }

    package let days: [Day]

    package init(_ days: some Collection<Day>) { self.days = Set(days).sorted() }

    /// The days with commas between them.
    package var text: String { days.map(\.short).joined(separator: ",") }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}

/// A time of day on the minute.
package struct TimeOfDay: Sendable, Hashable, Comparable, FactConvertible {
    package let hour: Int
    package let minute: Int

    package init(_ hour: Int, _ minute: Int) {
        self.hour = hour
        self.minute = minute
    }

    /// Minutes since midnight.
    package var minutes: Int { hour * 60 + minute }
    /// `09:05`.
    package var text: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }

    package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minutes < right.minutes }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
