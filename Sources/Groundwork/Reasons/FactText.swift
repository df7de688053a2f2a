import Diagnostics

extension FactValue {
    /// The value as part of a string; nil for lists, mappings and records.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): fixedNotation(number)
        case .boolean(let flag): flag ? "true" : "false"
        case .list, .mapping, .record: nil
        }
    }
}

extension Version: FactConvertible {
    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}

extension Instant: FactConvertible {
    package static var kind: RecordType.Kind { .string }
    package var fact: FactValue { .string(text) }
}
