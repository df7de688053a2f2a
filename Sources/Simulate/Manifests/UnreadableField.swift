import Diagnostics
import Groundwork

/// A field that cannot be simulated, or that its controller rejects.
package struct UnreadableField: Sendable {
    package let place: SourceRange
    /// What is wrong, such as "`0 25 * * *` is not a cron expression".
    package let message: String
}

extension ManifestValue {
    /// The whole number of a field of 32 bits.
    var int32: Int32? { integer.flatMap { Int32(exactly: $0) } }

    /// The number of a field that KEDA reads from a text.
    var double: Double? { number ?? text.flatMap { Double($0) } }

    /// The whole number of a field that KEDA reads from a text.
    var wholeNumber: Int? { integer ?? text.flatMap { Int($0) } }

    /// The flag of a field that Go reads from a text; nil for other texts.
    var flag: Bool? {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        default: nil
        }
    }

    /// The texts of a mapping.
    var texts: [String: String] {
        var texts: [String: String] = [:]
        for entry in entries ?? [] { texts[entry.key] = entry.value.text }
        return texts
    }
}
