import Groundwork

/// A decimal number exactly as written, so that `99.9%` becomes 0.999 and not a neighboring float.
struct Decimal {
    /// All digits, without the point.
    let digits: String
    /// How many of them follow the point.
    let fraction: Int

    /// Reads `12` or `12.5` from the front of a text, with what follows it.
    static func prefix(of text: String) -> (number: Decimal, rest: Substring)? {
        let whole = text.prefix { $0.isASCII && $0.isNumber }
        guard !whole.isEmpty else { return nil }
        let rest = text[whole.endIndex...]
        guard rest.first == "." else { return (Decimal(digits: String(whole), fraction: 0), rest) }
        let decimals = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard !decimals.isEmpty else { return (Decimal(digits: String(whole), fraction: 0), rest) }
        return (Decimal(digits: String(whole + decimals), fraction: decimals.count), rest[decimals.endIndex...])
    }

    /// The nearest double to this number × 10^shift.
    func value(shiftedBy shift: Int = 0) -> Double { Double("\(digits)e\(shift - fraction)") ?? .infinity }

    /// This number × a factor, if that is a whole number that fits.
    func whole(times factor: Int) -> Int? {
        guard let value = Int(digits), fraction <= 15 else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        var divisor = 1
        for _ in 0..<fraction { divisor *= 10 }
        return product.isMultiple(of: divisor) ? product / divisor : nil
    }
}

/// Writes a number without a needless `.0`.
func plainly(_ value: Double) -> String { Notation.plain.text(value) }
