/// A Kubernetes quantity such as `571m`, `64Gi` or `25e-3`: a whole number of a power of ten, as the API server stores it.
///
/// It follows `apimachinery/pkg/api/resource` of Kubernetes: what is finer than a billionth is rounded up.
package struct Quantity: Sendable, Hashable {
    /// The digits.
    package let mantissa: Int
    /// The power of ten that they are multiplied by: a multiple of three, as in the canonical form.
    package let exponent: Int

    private static let finest = -9

    package init(_ mantissa: Int, exponent: Int = 0) {
        var (digits, power) = (mantissa, exponent)
        while power < Self.finest {
            digits = digits / 10 + (digits % 10 > 0 ? 1 : 0)
            power += 1
        }
        while digits != 0, digits.isMultiple(of: 10) {
            digits /= 10
            power += 1
        }
        while !power.isMultiple(of: 3) {
            digits = Self.saturating(digits, times: 10)
            power -= 1
        }
        self.mantissa = digits
        self.exponent = digits == 0 ? 0 : power
    }

    /// Reads a quantity; nil for anything else.
    package init?(_ text: String) {
        let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
        let number = text.dropFirst(isSigned ? 1 : 0).prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let (whole, fraction) = (parts[0], parts.count > 1 ? parts[1] : "")
        guard parts.count <= 2, let digits = Int(whole + fraction),
            let unit = Self.unit(String(text.dropFirst((isSigned ? 1 : 0) + number.count)))
        else { return nil }
        let signed = text.hasPrefix("-") ? -digits : digits
        self.init(Self.saturating(signed, times: unit.factor), exponent: unit.exponent - fraction.count)
    }

    /// The value in thousandths, rounded up.
    package var milli: Int {
        var (digits, power) = (mantissa, exponent + 3)
        while power > 0, digits != 0 {
            digits = Self.saturating(digits, times: 10)
            power -= 1
        }
        while power < 0 {
            digits = digits / 10 + (digits % 10 > 0 ? 1 : 0)
            power += 1
        }
        return digits
    }

    /// The value as Go computes it: the digits times the double nearest to the power of ten.
    package var double: Double {
        switch exponent {
        case -9: Double(mantissa) * 1e-9
        case -6: Double(mantissa) * 1e-6
        case -3: Double(mantissa) * 1e-3
        default: (0..<exponent / 3).reduce(Double(mantissa)) { value, _ in value * 1e3 }
        }
    }

    /// What a suffix multiplies by.
    private static func unit(_ suffix: String) -> (factor: Int, exponent: Int)? {
        if let first = suffix.first, "eE".contains(first), let exponent = Int(suffix.dropFirst()) {
            return (-18...18).contains(exponent) ? (1, exponent) : nil
        }
        if suffix.hasSuffix("i"), let power = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].firstIndex(of: suffix) {
            return (1 << (10 * (power + 1)), 0)
        }
        return ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"].firstIndex(of: suffix).map { (1, 3 * $0 + finest) }
    }

    private static func saturating(_ number: Int, times factor: Int) -> Int {
        let (product, overflows) = number.multipliedReportingOverflow(by: factor)
        return overflows ? (number < 0 ? .min : .max) : product
    }
}
