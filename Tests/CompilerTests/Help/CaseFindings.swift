import Diagnostics
import Testing

/// A case with what its compilation finds as it is.
struct CaseFindings: CustomTestStringConvertible, Sendable {
    static let all = concurrently(Case.all) { try? CaseFindings($0) }.filter { !$0.help.isEmpty }

    let name: String
    let texts: CaseTexts
    let found: [Stage: [Diagnostic]]

    var testDescription: String { name.replacing("-", with: " ") }
    /// All lines of help.
    var help: [Help] { found.values.joined().flatMap(\.help) }
    /// What the lines of help propose.
    var proposals: [Proposal] { Proposal.all(in: found) }

    private init(_ example: Case) throws {
        name = example.name
        texts = try CaseTexts(example)
        found = texts.findings()
    }
}
