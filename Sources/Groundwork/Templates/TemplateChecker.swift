import Diagnostics
import YAML

/// The compiler of one template: it tracks the variables in scope and collects the errors.
///
/// A template is checked against the types, before there is a plan: what it accepts can be rendered for every plan.
struct TemplateChecker {
    /// A name in scope, and its type: nil, if it comes from an error.
    struct Variable {
        let name: String
        let kind: RecordType.Kind?
        let meaning: String

        init(_ name: String, _ kind: RecordType.Kind?, _ meaning: String = "") {
            self.name = name
            self.kind = kind
            self.meaning = meaning
        }
    }

    /// A fact that is certainly set, because of a condition or a loop.
    struct Certainty {
        let level: Int
        let indices: [Int]
    }

    var report: Report
    /// From the outermost to the innermost.
    var variables: [Variable]
    var certainties: [Certainty] = []

    init(plan: RecordType, _ report: Report) {
        self.report = report
        variables = [Variable(plan.name, .record(plan), plan.meaning)]
    }

    /// Reports an error in this template.
    mutating func error(
        _ code: String, _ message: String, at range: SourceRange, label: String = "", help: [Help] = []
    ) {
        report.error(code, message, at: range, label: label, help: help)
    }

    /// Compiles the node, and afterwards removes what its gate brought into scope.
    mutating func scoped<Result>(_ body: (inout TemplateChecker) -> Result) -> Result {
        let outer = (variables.count, certainties.count)
        defer {
            variables.removeSubrange(outer.0...)
            certainties.removeSubrange(outer.1...)
        }
        return body(&self)
    }
}
