import Diagnostics

extension FactValue {
    /// The value as text inside a longer text; nil for lists, mappings and nouns.
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
