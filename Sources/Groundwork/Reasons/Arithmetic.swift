#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The numbers of formulas: plain while candidates are searched, with their reasons when a decision is explained.
///
/// A formula is written once, for both. There is no comparison: a branch in a formula is an operation (`minimum`, `maximum`),
/// or is decided by something that is not a number.
package protocol Arithmetic: Sendable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Self) -> Self
    static func / (left: Self, right: Self) -> Self
    /// The lesser of two.
    static func minimum(_ left: Self, _ right: Self) -> Self
    /// The greater of two.
    static func maximum(_ left: Self, _ right: Self) -> Self
    /// A power with a real exponent.
    func raised(to exponent: Self) -> Self
    /// The natural logarithm.
    var logarithm: Self { get }
    /// The least whole number at or above it, ignoring a billionth of rounding error: 6.0000000001 is six.
    var roundedUp: Self { get }
    /// The greatest whole number at or below it.
    var roundedDown: Self { get }
    /// The nearest number of so many decimals.
    func rounded(_ decimals: Int) -> Self

    /// A number from outside the formula, under its name in the formula.
    static func given(
        _ name: @autoclosure () -> String, _ value: Double, _ unit: @autoclosure () -> Unit,
        _ origin: @autoclosure () -> Origin
    ) -> Self
    /// A number of the formula itself, such as the bytes in a GiB.
    static func constant(_ value: Double, _ unit: @autoclosure () -> Unit) -> Self
    /// The same number under a name, so that other formulas refer to it.
    func named(_ name: @autoclosure () -> String, _ unit: @autoclosure () -> Unit) -> Self
    /// The products of factors 1, 1 and 2, 1 to 3 and so on up to a last one, as far as formulas need them.
    static func chain(through last: Self, _ factor: (Self) -> Self) -> Chain<Self>
    /// The number alone.
    var value: Double { get }
}

/// Figures of the products p(1) = f(1), p(2) = f(1) × f(2), … p(n).
@usableFromInline package struct Chain<Number: Sendable>: Sendable {
    /// 1 + p(1) + p(2) + … + p(n).
    package let sum: Number
    /// 1 × p(1) + 2 × p(2) + … + n × p(n).
    package let weighted: Number
    /// p(n).
    package let last: Number

    @usableFromInline package init(sum: Number, weighted: Number, last: Number) {
        (self.sum, self.weighted, self.last) = (sum, weighted, last)
    }
}

extension Chain<Double> {
    /// The products of factors 1, 1 and 2, 1 to 3 and so on up to a last one.
    @inlinable package init(through last: Double, _ factor: (Double) -> Double) {
        var (product, sum, weighted, count) = (1.0, 1.0, 0.0, 1.0)
        while count <= last {
            product *= factor(count)
            sum += product
            weighted += product * count
            count += 1
        }
        self.init(sum: sum, weighted: weighted, last: product)
    }
}

/// Operations of formulas that Swift's numbers lack.
extension Double {
    package func raised(to exponent: Double) -> Double { pow(self, exponent) }
    package var logarithm: Double { log(self) }
    package var roundedUp: Double { (self - 1e-9).rounded(.up) }
    package var roundedDown: Double { rounded(.down) }

    package func rounded(_ decimals: Int) -> Double {
        let scale = pow(10, Double(decimals))
        return (self * scale).rounded() / scale
    }
}

extension Arithmetic {
    /// A number of the spec, the catalog or the plan, under its name in the formula.
    package static func given(
        _ name: @autoclosure () -> String, _ traced: Traced<Double>, _ unit: @autoclosure () -> Unit
    ) -> Self {
        given(name(), traced.value, unit(), traced.origin)
    }

    /// A whole number of the spec, the catalog or the plan, under its name in the formula.
    package static func given(
        _ name: @autoclosure () -> String, _ traced: Traced<Int>, _ unit: @autoclosure () -> Unit
    ) -> Self {
        given(name(), Double(traced.value), unit(), traced.origin)
    }

    /// A parameter, under its own name.
    package static func given(_ parameter: Parameter) -> Self {
        given(parameter.name, parameter.value, Unit(parameter.unit), .parameter(parameter))
    }

    /// The greatest of several.
    package static func most(_ first: Self, _ others: Self...) -> Self { others.reduce(first, maximum) }
}
