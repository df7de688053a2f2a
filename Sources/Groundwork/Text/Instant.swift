/// A moment in UTC, to the second.
package struct Instant: Sendable, Hashable {
    /// Seconds since the beginning of 1970, leap seconds left out as POSIX does.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    /// Reads `2026-12-01T11:30Z`, with or without seconds; nil for days that no calendar has.
    package init?(_ text: String) {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard Instant.pattern.matches(text), numbers.count >= 5,
            let day = Instant.day(numbers[0], numbers[1], numbers[2])
        else { return nil }
        seconds = day * 86400 + numbers[3] * 3600 + numbers[4] * 60 + (numbers.count > 5 ? numbers[5] : 0)
    }

    /// What a text that says an instant looks like; the day may still be one that its month lacks.
    package static let pattern =
        Pattern("[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z")

    /// `2026-12-01T11:30:00Z`.
    package var text: String {
        let (year, month, day) = date
        let time = secondOfDay
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
    }

    /// The year, the month and the day of the month, from 1.
    package var date: (year: Int, month: Int, day: Int) {
        var (year, day) = (1970, seconds / 86400)
        while day >= Instant.days(in: year) {
            day -= Instant.days(in: year)
            year += 1
        }
        var month = 1
        while day >= Instant.days(in: year, month) {
            day -= Instant.days(in: year, month)
            month += 1
        }
        return (year, month, day + 1)
    }

    /// The seconds since midnight.
    package var secondOfDay: Int { seconds % 86400 }

    /// The day of the week; Sunday is 0.
    package var dayOfWeek: Int { (seconds / 86400 + 4) % 7 }

    /// The day of the year, from 1.
    package var dayOfYear: Int {
        let (year, month, day) = date
        return (1..<month).reduce(day) { $0 + Instant.days(in: year, $1) }
    }

    /// The moment some seconds before.
    package func earlier(by seconds: Int) -> Instant { Instant(seconds: max(0, self.seconds - seconds)) }

    /// Days from the beginning of 1970 to a date; nil where there is no such day, or none since.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard year >= 1970, (1...12).contains(month), (1...days(in: year, month)).contains(day) else { return nil }
        let years = (1970..<year).reduce(0) { $0 + days(in: $1) }
        return (1..<month).reduce(years + day - 1) { $0 + days(in: year, $1) }
    }

    private static func days(in year: Int) -> Int { isLeap(year) ? 366 : 365 }

    /// The days of a month.
    package static func days(in year: Int, _ month: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}
