/// A cron expression of five fields, as robfig/cron reads it for KEDA.
package struct CronSchedule: Sendable, Hashable {
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    private let weekdays: UInt64
    /// Whether a day has to meet both of its fields, because one of them is a star.
    private let needsBothDays: Bool

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Reads an expression; nil for what the library rejects.
    package init?(_ text: String) {
        let fields = text.split { $0 == " " || $0 == "\t" }
        guard fields.count == 5, let minutes = Field(fields[0], 0...59), let hours = Field(fields[1], 0...23),
            let days = Field(fields[2], 1...31),
            let months = Field(fields[3], 1...12, names: Self.monthNames, first: 1),
            let weekdays = Field(fields[4], 0...6, names: Self.weekdayNames, first: 0)
        else { return nil }
        self.minutes = minutes.bits
        self.hours = hours.bits
        self.days = days.bits
        self.months = months.bits
        self.weekdays = weekdays.bits
        needsBothDays = days.isStar || weekdays.isStar
    }

    /// The first match after a moment of local time, in seconds since the beginning of 1970; nil if there is none in five years.
    package func next(after moment: Int) -> Int? {
        let minute = moment.dividing(by: 60) + 1
        let firstDay = minute.dividing(by: 1440)
        for day in firstDay...firstDay + 5 * 366 where matches(day: day) {
            let start = day == firstDay ? minute - day * 1440 : 0
            for minute in start..<1440 where hours.has(minute / 60) && minutes.has(minute % 60) {
                return (day * 1440 + minute) * 60
            }
        }
        return nil
    }

    /// Whether a day, counted from the beginning of 1970, meets the fields of months and days.
    private func matches(day: Int) -> Bool {
        let date = CivilDate(daysSince1970: day)
        guard months.has(date.month) else { return false }
        let (isDay, isWeekday) = (days.has(date.day), weekdays.has(date.weekday))
        return needsBothDays ? isDay && isWeekday : isDay || isWeekday
    }

    /// One field: the numbers that match, as bits.
    private struct Field {
        var bits: UInt64 = 0
        var isStar = false

        init?(_ text: Substring, _ range: ClosedRange<Int>, names: [String] = [], first: Int = 0) {
            func number(_ word: Substring) -> Int? {
                let number = names.firstIndex(of: word.lowercased()).map { $0 + first } ?? Int(word)
                return number.flatMap { range.contains($0) ? $0 : nil }
            }
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let halves = part.split(separator: "/", omittingEmptySubsequences: false)
                let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
                guard halves.count <= 2, ends.count <= 2, !halves[0].isEmpty else { return nil }
                let isAny = ends[0] == "*" || ends[0] == "?"
                guard let start = isAny ? range.lowerBound : number(ends[0]) else { return nil }
                var end = isAny ? range.upperBound : start
                if ends.count == 2 {
                    guard !isAny, let last = number(ends[1]), last >= start else { return nil }
                    end = last
                }
                var step = 1
                if halves.count == 2 {
                    guard let given = Int(halves[1]), given > 0 else { return nil }
                    step = given
                    // `5/15` goes on to the end of the range.
                    if ends.count == 1 { end = range.upperBound }
                }
                if isAny, step == 1 { isStar = true }
                for number in stride(from: start, through: end, by: step) { bits |= 1 << UInt64(number) }
            }
        }
    }
}

/// A date of the Gregorian calendar.
private struct CivilDate {
    let month: Int
    let day: Int
    /// Sunday is 0.
    let weekday: Int

    /// Years begin in March here, so that the day of leap years is their last.
    init(daysSince1970 days: Int) {
        weekday = (days + 4).remainder(by: 7)
        let shifted = days + 719_468
        let era = shifted.dividing(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    }
}

extension UInt64 {
    fileprivate func has(_ bit: Int) -> Bool { self & (1 << UInt64(bit)) != 0 }
}

extension Int {
    /// The quotient rounded down.
    fileprivate func dividing(by divisor: Int) -> Int { self / divisor - (self % divisor < 0 ? 1 : 0) }

    /// The remainder of a quotient rounded down.
    fileprivate func remainder(by divisor: Int) -> Int { self - dividing(by: divisor) * divisor }
}
