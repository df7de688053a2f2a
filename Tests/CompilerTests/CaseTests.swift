import Foundation
import Testing

@Suite("A case")
struct CaseTests {
    @Test("gives exactly what it expects", arguments: Case.all)
    func matches(_ example: Case) throws {
        let outcome = try example.outcome()
        if records { return try record(example, outcome) }
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
        for path in Set(example.expectations + ["diagnostics.txt"]) {
            let file = example.folder.appending(path: path)
            if let made = outcome[path] {
                try Data(made.utf8).write(to: file)
            } else {
                try? FileManager.default.removeItem(at: file)
            }
        }
        Issue.record("recorded")
    }
}
