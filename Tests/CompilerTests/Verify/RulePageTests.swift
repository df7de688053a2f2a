import Foundation
import TestTools
import Testing

@testable import Verify

@Suite("The pages of the rules")
struct RulePageTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/rules")

    @Test("are what the rules say")
    func current() throws {
        var pages = ["README.md": rulesIndex()]
        for rule in Rule.all { pages["\(rule.code).md"] = rule.page }
        let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let asked = Set(pages.keys).union(present).filter { Recording.rules.isAsked(String($0.dropLast(3))) }
        if !asked.isEmpty { try Recording.rules.write(asked.map { (folder.appending(path: $0), pages[$0]) }) }
        #expect(present.sorted() == pages.keys.sorted())
        for (name, text) in pages {
            let written = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(written == text, "docs/rules/\(name)")
        }
    }
}
