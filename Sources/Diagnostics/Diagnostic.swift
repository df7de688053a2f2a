/// One thing that is wrong, or doubtful, and where.
///
/// The message states the fact, lowercase and without a full stop, with names in backticks. The label says what is under the
/// caret. Notes name other places. Only help proposes.
package struct Diagnostic: Sendable {
    package enum Severity: String, Sendable, Comparable {
        case error, warning

        package static func < (left: Severity, right: Severity) -> Bool { left == .error && right == .warning }
    }

    /// Another place that matters, or a remark without a place.
    package struct Note: Sendable {
        package let message: String
        package let range: SourceRange?
        package let label: String

        package init(_ message: String, at range: SourceRange? = nil, label: String = "") {
            self.message = message
            self.range = range
            self.label = label
        }
    }

    package let severity: Severity
    /// A slug that reads as "allow *slug*": it names what is wrong, never the cure.
    package let code: String
    package let message: String
    package let range: SourceRange?
    package let label: String
    package let notes: [Note]
    package let help: [Help]

    package init(
        _ severity: Severity = .error, _ code: String, _ message: String, at range: SourceRange?, label: String = "",
        notes: [Note] = [], help: [Help] = []
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.range = range
        self.label = label
        self.notes = notes
        self.help = help
    }
}
