/// The natural logarithm.
func logarithm(_ value: Double) -> Double { value.logarithm }

/// A power with a real exponent.
func power(_ base: Double, _ exponent: Double) -> Double { base.raised(to: exponent) }

/// The least integer at or above a value, forgiving of floating-point dust: 6.000000001 is six.
func roundedUp(_ value: Double) -> Int { Int(value.roundedUp) }

/// A value rounded to a number of significant decimals, so that output does not carry floating-point dust.
func rounded(_ value: Double, decimals: Int) -> Double { value.rounded(decimals) }
