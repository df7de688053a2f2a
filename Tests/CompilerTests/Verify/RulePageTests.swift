import Foundation
import Testing

@testable import Verify

@Suite("The pages of the rules")
struct RulePageTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/rules")

    /// `RECORD=1` writes the pages, and fails.
    @Test("are what the rules say")
    func current() throws {
        var pages = ["README.md": rulesIndex()]
        for rule in Rule.all { pages["\(rule.code).md"] = rule.page }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for name in present where pages[name] == nil {
                try FileManager.default.removeItem(at: folder.appending(path: name))
            }
            for (name, text) in pages { try Data(text.utf8).write(to: folder.appending(path: name)) }
            Issue.record("recorded the pages of \(Rule.all.count) rules")
            return
        }
        #expect(present.sorted() == pages.keys.sorted())
        for (name, text) in pages {
            let written = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(written == text, "docs/rules/\(name)")
        }
    }
}
