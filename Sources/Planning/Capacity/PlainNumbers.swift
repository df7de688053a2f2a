import Groundwork

/// Formulas over plain numbers, for the search.
///
/// The conformance is in the target of the formulas: only there does the compiler turn each operation into one instruction.
extension Double: Arithmetic {
    package static func given(
        _ name: @autoclosure () -> String, _ value: Double, _ unit: @autoclosure () -> Unit,
        _ origin: @autoclosure () -> Origin
    ) -> Double { value }

    package static func constant(_ value: Double, _ unit: @autoclosure () -> Unit) -> Double { value }

    package func named(_ name: @autoclosure () -> String, _ unit: @autoclosure () -> Unit) -> Double { self }

    package static func chain(through last: Double, _ factor: (Double) -> Double) -> Chain<Double> {
        Chain(through: last, factor)
    }

    package var value: Double { self }
}
