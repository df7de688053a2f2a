import Groundwork

/// The period of an amount of money.
enum Period: String {
    case hour, day, week, month, year

    /// The period that a word or an abbreviation names.
    init?(named word: some StringProtocol) {
        switch word.lowercased() {
        case "hour", "hours", "h", "hr": self = .hour
        case "day", "days", "d": self = .day
        case "week", "weeks", "w", "wk": self = .week
        case "month", "months", "mo": self = .month
        case "year", "years", "y", "yr": self = .year
        default: return nil
        }
    }

    /// The hours in it; a month is one twelfth of a year of 365 days.
    private var hours: Double {
        switch self {
        case .hour: 1
        case .day: 24
        case .week: 168
        case .month: 730
        case .year: 8760
        }
    }

    /// What an amount per this period is multiplied by to be one per another, and the hours of the month where that counts on one.
    ///
    /// Amounts per hour, day or week are converted for the longest month.
    func factor(to other: Period) -> (factor: Double, monthHours: Double?) {
        switch (self, other) {
        case (.hour, .month), (.day, .month), (.week, .month):
            (Thresholds.hoursWorst.value / hours, Thresholds.hoursWorst.value)
        case (.month, .hour): (1 / hours, hours)
        default: (other.hours / hours, nil)
        }
    }

    /// Writes dollars per period with as many decimals as a spec may have: prices per hour are small.
    func money(_ amount: Double) -> String {
        let amount = amount.rounded(self == .hour ? 5 : 2)
        let isInCents = amount == amount.rounded(2) && amount != amount.rounded()
        return "$\((isInCents ? Notation.fixed(2) : .plain).text(amount))/\(self)"
    }
}
