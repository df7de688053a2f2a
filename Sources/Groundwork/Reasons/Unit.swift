/// The unit of a number: `GiB`, `requests/s`, `$/GiB/month`.
///
/// A term before the first `/` is in the numerator, those after it in the denominator; `·` joins several. Words that count things (replicas,
/// nodes, tokens …) are labels without a dimension, because a formula may divide one count by another.
package struct Unit: Sendable, Hashable, ExpressibleByStringLiteral {
    package let symbol: String

    package init(_ symbol: String) { self.symbol = symbol }
    package init(stringLiteral value: String) { symbol = value }

    /// A bare number.
    package static let one: Unit = "1"

    /// A moment in time.
    package static let instant: Unit = "s since 1970"

    /// Whether numbers in it are instants, which are shown as dates.
    var isInstant: Bool { self == .instant }

    /// What the unit measures, to check that sums and comparisons are consistent.
    package var dimension: Dimension {
        // Letter by letter: this runs in every step of every formula.
        var (dimension, isBelow) = (Dimension.none, false)
        var (measure, isMeasured) = ("", false)
        for letter in symbol.unicodeScalars {
            let isSlash = letter == "/"
            if isSlash || letter == "·" {
                let term = Dimension(measure)
                dimension = isBelow ? dimension / term : dimension * term
                (measure, isMeasured) = ("", false)
                if isSlash { isBelow = true }
            } else if letter == " " {
                // The rest tells what is measured: `B of weights`.
                isMeasured = true
            } else if !isMeasured {
                measure.unicodeScalars.append(letter)
            }
        }
        let term = Dimension(measure)
        return isBelow ? dimension / term : dimension * term
    }
}

/// The exponents of the measures that a unit is made of.
///
/// Every scale is a separate measure, so that a formula has to convert GiB to bytes explicitly.
package struct Dimension: Sendable, Hashable {
    /// The exponents as digits of one number, eight bits for each measure: units multiply by one addition.
    private let digits: Int128

    /// The measures with a dimension, in the order of their exponents.
    private static let measures = [
        "s", "ms", "min", "h", "d", "month", "B", "KiB", "MiB", "GiB", "GB", "$", "FLOP", "TFLOP", "millicores", "ns",
    ]
    private static let byMeasure = Dictionary(
        uniqueKeysWithValues: measures.enumerated().map { ($1, Dimension(digits: 1 << (8 * Int128($0)))) })

    package static let none = Dimension(digits: 0)

    private init(digits: Int128) { self.digits = digits }

    /// The dimension of a single measure: none for a label.
    fileprivate init(_ measure: String) { self = Dimension.byMeasure[measure] ?? .none }

    package static func * (left: Dimension, right: Dimension) -> Dimension {
        Dimension(digits: left.digits + right.digits)
    }

    package static func / (left: Dimension, right: Dimension) -> Dimension {
        Dimension(digits: left.digits - right.digits)
    }

    /// The measures as a unit: `$/month`, `1` for none.
    package var unit: Unit {
        var (above, below) = ([String](), [String]())
        var rest = digits
        for measure in Dimension.measures {
            let exponent = Int8(truncatingIfNeeded: rest)
            rest = (rest - Int128(exponent)) >> 8
            let terms = [String](repeating: measure, count: Int(exponent.magnitude))
            if exponent > 0 { above += terms } else { below += terms }
        }
        return Unit(([above.isEmpty ? "1" : above.joined(separator: "·")] + below).joined(separator: "/"))
    }
}
