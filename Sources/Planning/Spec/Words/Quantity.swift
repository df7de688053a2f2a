import Groundwork

/// A quantity of Kubernetes: its number in cores or bytes, and its text.
package struct Quantity: Sendable, Hashable, FactConvertible {
    package let text: String
    /// Cores, or bytes.
    package let value: Double

    /// Reads a number with one of the suffixes of Kubernetes; nil for any other text.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let number = Double(digits), let factor = Self.factors[String(text.dropFirst(digits.count))] else {
            return nil
        }
        self.text = text
        value = number * factor
    }

    /// No amount, in place of one that could not be read.
    static let zero = Quantity(text: "0", value: 0)

    private init(text: String, value: Double) {
        self.text = text
        self.value = value
    }

    private static let factors: [String: Double] = [
        "": 1, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30,
        "Ti": 0x1p40,
    ]

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}

/// When the kubelet evicts pods: what must remain free, as a quantity or as a share of the whole.
package enum EvictionThreshold: Sendable, Hashable, FactConvertible {
    case quantity(Quantity)
    /// A ratio, and its text.
    case share(Double, String)

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue {
        switch self {
        case .quantity(let quantity): .string(quantity.text)
        case .share(_, let text): .string(text)
        }
    }
}
