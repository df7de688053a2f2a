import Diagnostics
import Foundation
import Testing

@testable import Compiler

/// A folder of `Cases/`: its name says what happens, `spec.yaml` is what happens to it.
struct Case: CustomTestStringConvertible, Sendable {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    /// Whether to rewrite what was expected; such a run fails, so that nobody takes it for a test.
    static let records = ProcessInfo.processInfo.environment["RECORD"] == "1"

    let name: String

    var testDescription: String { name.replacing("-", with: " ") }
    var spec: URL { Self.folder.appending(path: "\(name)/spec.yaml") }
    var diagnostics: URL { Self.folder.appending(path: "\(name)/diagnostics.txt") }

    static var all: [Case] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().map(Case.init)
    }
}

@Suite struct CaseTests {
    @Test("a case gives the diagnostics that it expects", arguments: Case.all)
    func matches(_ example: Case) throws {
        let file = SourceFile(path: "spec.yaml", bytes: Array(try Data(contentsOf: example.spec)))
        var report = Report()
        let spec = understand(file, &report)
        let printed = HumanPrinter(colours: false).text(of: report.diagnostics)
        #expect((spec == nil) == report.hasErrors, "a spec is understood exactly if there is no error")
        if Case.records {
            if printed.isEmpty {
                try? FileManager.default.removeItem(at: example.diagnostics)
            } else {
                try Data(printed.utf8).write(to: example.diagnostics)
            }
            Issue.record("recorded")
            return
        }
        let expected = (try? String(contentsOf: example.diagnostics, encoding: .utf8)) ?? ""
        #expect(printed == expected)
    }
}
