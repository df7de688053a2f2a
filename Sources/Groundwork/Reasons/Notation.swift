import Diagnostics

/// How a number is written in a text, including its rounding.
package enum Notation: Sendable, Hashable {
    /// At most six decimals, without trailing zeros: valid in PromQL and Kubernetes.
    case plain
    /// Rounded to a number of decimals, without trailing zeros.
    case rounded(Int)
    /// Rounded to a number of decimals, with trailing zeros.
    case fixed(Int)
    /// Rounded to a whole number, with thousands separators.
    case grouped
    /// A Kubernetes quantity: whole, or in thousandths as `16800m`.
    case quantity
    /// A number as Python and Prometheus clients write floats: `1.0`, `0.25`.
    case float
    /// Seconds since 1970, as `2026-12-01T11:30:00Z`.
    case instant
    /// Six significant digits, as `explain` shows numbers.
    case significant

    /// Writes a number.
    package func text(_ value: Double) -> String {
        switch self {
        case .plain: return Notation.shortest(value.rounded(6))
        case .rounded(let decimals): return Notation.shortest(value.rounded(decimals).rounded(6))
        case .fixed(let decimals): return Notation.padded(value, decimals)
        case .grouped: return Notation.grouped(value)
        case .quantity:
            let milli = Int((value * 1000).rounded())
            return milli % 1000 == 0 ? String(milli / 1000) : "\(milli)m"
        case .float: return "\(value)"
        case .instant: return Instant(seconds: Int(value)).text
        case .significant: return Notation.significant(value)
        }
    }

    private static func shortest(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    private static func padded(_ value: Double, _ decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1) { scale, _ in scale * 10 }
        let units = Int((value.magnitude * Double(scale)).rounded())
        let (whole, part) = units.quotientAndRemainder(dividingBy: scale)
        let digits = String(part)
        let sign = value < 0 && units > 0 ? "-" : ""
        return decimals == 0
            ? "\(sign)\(whole)"
            : "\(sign)\(whole).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
    }

    private static func grouped(_ value: Double) -> String {
        let digits = String(Int(value.rounded()).magnitude)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (value.rounded() < 0 ? "-" : "") + grouped
    }

    private static func significant(_ value: Double) -> String {
        guard value.isFinite, abs(value) > 1e-100 else { return fixedNotation(value) }
        if abs(value) >= 1e15 { return scientific(value) }
        var unit = 1.0
        while abs(value) * unit < 100_000 { unit *= 10 }
        return fixedNotation((value * unit).rounded() / unit)
    }

    /// Writes six digits of a very large number: `7.88874e+19`.
    private static func scientific(_ value: Double) -> String {
        var (digits, exponent) = (abs(value), 0)
        while digits.rounded(5) >= 10 {
            digits /= 10
            exponent += 1
        }
        return "\(value < 0 ? "-" : "")\(padded(digits, 5))e+\(exponent < 10 ? "0" : "")\(exponent)"
    }
}
