/// The unit of a number, as people write it: `GiB`, `requests/s`, `$/GiB/month`.
///
/// A term before the first `/` stands above the line, those after it below; `·` joins several above. Words that count things (replicas,
/// nodes, tokens …) are labels: they have no dimension, because a formula may count one thing by another.
package struct Unit: Sendable, Hashable, ExpressibleByStringLiteral {
    package let symbol: String

    package init(_ symbol: String) { self.symbol = symbol }
    package init(stringLiteral value: String) { symbol = value }

    /// A bare number.
    package static let one: Unit = "1"

    /// A moment in time.
    package static let instant: Unit = "s since 1970"

    /// Whether numbers in it are moments, which people read as dates.
    var isInstant: Bool { self == .instant }

    /// What the unit measures, for checking that sums and comparisons are of like things.
    package var dimension: Dimension {
        var dimension = Dimension.none
        for (index, part) in symbol.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
            for term in part.split(separator: "·") {
                dimension = index == 0 ? dimension * Dimension(term) : dimension / Dimension(term)
            }
        }
        return dimension
    }
}

/// The exponents of the measures that a unit is made of.
///
/// Every scale is a measure of its own, so that a formula has to say how it gets from GiB to bytes.
package struct Dimension: Sendable, Hashable {
    private var exponents: SIMD16<Int8>

    /// The measures with a dimension, in the order of their exponents.
    private static let measures = [
        "s", "ms", "min", "h", "d", "month", "B", "KiB", "MiB", "GiB", "GB", "$", "FLOP", "TFLOP", "millicores", "ns",
    ]

    package static let none = Dimension(exponents: SIMD16(repeating: 0))

    private init(exponents: SIMD16<Int8>) { self.exponents = exponents }

    /// The dimension of a single term: none for a label.
    fileprivate init(_ term: Substring) {
        self = .none
        let measure = term.prefix { $0 != " " }
        if let index = Dimension.measures.firstIndex(where: { $0 == measure }) { exponents[index] = 1 }
    }

    package static func * (left: Dimension, right: Dimension) -> Dimension {
        Dimension(exponents: left.exponents &+ right.exponents)
    }

    package static func / (left: Dimension, right: Dimension) -> Dimension {
        Dimension(exponents: left.exponents &- right.exponents)
    }

    /// The measures as a unit: `$/month`, `1` for none.
    package var unit: Unit {
        func terms(_ sign: Int8) -> [String] {
            Dimension.measures.indices.flatMap { index in
                let exponent = exponents[index] * sign
                return [String](repeating: Dimension.measures[index], count: exponent > 0 ? Int(exponent) : 0)
            }
        }
        let (above, below) = (terms(1), terms(-1))
        return Unit(([above.isEmpty ? "1" : above.joined(separator: "·")] + below).joined(separator: "/"))
    }
}
