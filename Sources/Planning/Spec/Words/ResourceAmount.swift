import Groundwork

/// An amount of a resource: a quantity of Kubernetes in cores or bytes, and its text.
package struct ResourceAmount: Sendable, Hashable, FactConvertible {
    package let text: String
    /// Cores, or bytes.
    package let value: Double

    /// Reads a quantity; nil for any other text.
    package init?(_ text: String) {
        guard let quantity = Quantity(text) else { return nil }
        self.text = text
        value = quantity.double
    }

    /// No amount, in place of one that could not be read.
    static let zero = ResourceAmount(text: "0", value: 0)

    private init(text: String, value: Double) {
        self.text = text
        self.value = value
    }

    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}

/// When the kubelet evicts pods: what must remain free, as a quantity or as a share of the whole.
package enum EvictionThreshold: Sendable, Hashable, FactConvertible {
    case quantity(ResourceAmount)
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
