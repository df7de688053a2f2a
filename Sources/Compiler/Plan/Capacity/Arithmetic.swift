#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }

/// A power with a real exponent.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The least integer at or above a value, forgiving of floating-point dust: 6.000000001 is six.
func roundedUp(_ value: Double) -> Int { Int((value - 1e-9).rounded(.up)) }

/// A value rounded to a number of significant decimals, so that output does not carry floating-point dust.
func rounded(_ value: Double, decimals: Int) -> Double {
    let scale = power(10, Double(decimals))
    return (value * scale).rounded() / scale
}
