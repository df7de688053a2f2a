import Foundation
import TestTools
import Testing

@Suite("A case")
struct CaseTests {
    @Test("gives exactly what it expects", arguments: Case.all)
    func matches(_ example: Case) throws {
        let outcome = try example.outcome()
        if Recording.cases.isAsked(example.name) { return try record(example, outcome) }
        let expectations = example.expectations
        for path in expectations {
            let made = outcome[path]
            #expect(made == example.expected(path), "\(path)\(made == nil ? " is not made" : " differs")")
        }
        if !expectations.contains("diagnostics.txt") {
            #expect(outcome["diagnostics.txt"] == nil, "nothing is to be reported")
        }
    }

    /// Rewrites what the case expects: its diagnostics, and of the rest what it has a file for, even an empty one.
    private func record(_ example: Case, _ outcome: [String: String]) throws {
        let paths = Set(example.expectations + ["diagnostics.txt"])
        try Recording.cases.write(paths.map { (example.folder.appending(path: $0), outcome[$0]) })
    }
}
