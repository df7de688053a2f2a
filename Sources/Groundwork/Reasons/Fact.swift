/// What a placeholder may insert: a value and its origin.
package struct Fact: Sendable {
    package let value: FactValue
    package let origin: Origin

    package init(_ value: FactValue, _ origin: Origin) {
        self.value = value
        self.origin = origin
    }
}

/// A value as templates, `explain` and `plan.json` see it.
package enum FactValue: Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case list([Fact])
    /// A mapping with arbitrary keys, such as labels, in order.
    case mapping([(key: String, fact: Fact)])
    case record(Record)
}

/// A value that can be shown as a fact.
package protocol FactConvertible: Sendable {
    static var kind: RecordType.Kind { get }
    var fact: FactValue { get }
}

extension String: FactConvertible {
    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(self) }
}

extension Int: FactConvertible {
    package static var kind: RecordType.Kind { .integer }
    package var fact: FactValue { .integer(self) }
}

extension Double: FactConvertible {
    package static var kind: RecordType.Kind { .number }
    package var fact: FactValue { .number(self) }
}

extension Bool: FactConvertible {
    package static var kind: RecordType.Kind { .boolean }
    package var fact: FactValue { .boolean(self) }
}
