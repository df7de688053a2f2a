import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension QueryFunction {
    /// The result of a function of single values.
    func result(_ value: Double, _ numbers: [Double]) -> Double {
        switch self {
        case .abs: value.magnitude
        case .ceil: value.rounded(.up)
        case .floor: value.rounded(.down)
        case .exp: exponential(value)
        case .ln: value.logarithm
        case .log2: binaryLogarithm(value)
        case .log10: decimalLogarithm(value)
        case .sqrt: value.squareRoot()
        case .sgn: value > 0 ? 1 : value < 0 ? -1 : value
        case .round:
            // The inverse, as in Prometheus: it avoids 0.1 × 3 = 0.30000000000000004.
            (value * (1 / (numbers.first ?? 1)) + 0.5).rounded(.down) / (1 / (numbers.first ?? 1))
        case .clamp: larger(numbers[0], smaller(numbers[1], value))
        case .clampMin: larger(numbers[0], value)
        case .clampMax: smaller(numbers[0], value)
        default: .nan
        }
    }
}

/// The greater of two numbers; as in Go, infinity is greater than NaN, and otherwise the result is NaN if one is.
private func larger(_ left: Double, _ right: Double) -> Double {
    if left == .infinity || right == .infinity { return .infinity }
    return left.isNaN || right.isNaN ? .nan : max(left, right)
}

/// The lesser of two numbers; as in Go, minus infinity is less than NaN, and otherwise the result is NaN if one is.
private func smaller(_ left: Double, _ right: Double) -> Double {
    if left == -.infinity || right == -.infinity { return -.infinity }
    return left.isNaN || right.isNaN ? .nan : min(left, right)
}

private func binaryLogarithm(_ value: Double) -> Double { log2(value) }
private func decimalLogarithm(_ value: Double) -> Double { log10(value) }

/// The angle of a point.
func arctangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }

/// The exponential function.
private func exponential(_ value: Double) -> Double { exp(value) }
