import Foundation
import TestTools
import Testing

/// What `verify` finds in public trees, and what docs/verify.md says of it.
struct CorpusTests {
    static let folder = ProcessInfo.processInfo.environment["STOWAGE_CORPUS"]

    /// A row of the table in docs/verify.md.
    private struct Row {
        let rule: String
        let findings: Int
        let checked: Int
        let right: Int
        let wrong: Int

        init?(_ line: Substring) {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[0].hasPrefix("`"), let findings = Int(cells[1]), let checked = Int(cells[2]),
                let right = Int(cells[3]), let wrong = Int(cells[4])
            else { return nil }
            rule = cells[0].replacing("`", with: "")
            (self.findings, self.checked, self.right, self.wrong) = (findings, checked, right, wrong)
        }
    }

    private func rows() throws -> [Row] {
        let page = try String(contentsOf: root.appending(path: "docs/verify.md"), encoding: .utf8)
        return page.split(separator: "\n").compactMap { Row($0) }
    }

    @Test("each rule that fires in a public tree was looked at, and the figures add up")
    func figures() throws {
        let rows = try rows()
        #expect(rows.count > 40)
        for row in rows {
            #expect(row.checked > 0 && row.checked <= row.findings, "\(row.rule)")
            #expect(row.right + row.wrong == row.checked, "\(row.rule)")
        }
        let page = try String(contentsOf: root.appending(path: "docs/verify.md"), encoding: .utf8)
        let (findings, checked) = (rows.reduce(0) { $0 + $1.findings }, rows.reduce(0) { $0 + $1.checked })
        let (right, wrong) = (rows.reduce(0) { $0 + $1.right }, rows.reduce(0) { $0 + $1.wrong })
        let said =
            "\(findings) findings of \(rows.count) rules; \(checked) were looked at: \(right) are right, \(wrong) wrong"
        #expect(page.replacing("\n", with: " ").contains(said), "\(said)")
    }

    @Test("the list of trees names each by its repository, a commit and paths")
    func list() throws {
        let text = try String(contentsOf: root.appending(path: "Tests/Corpus/trees.csv"), encoding: .utf8)
        let lines = text.split(separator: "\n").dropFirst()
        #expect(lines.count >= 20)
        for line in lines { #expect(line.wholeMatch(of: /[\w.-]+\/[\w.-]+,[0-9a-f]{40},[^,]+/) != nil, "\(line)") }
    }

    @Test(
        "the findings in the public trees are as many as docs/verify.md says",
        .enabled(if: folder != nil, "STOWAGE_CORPUS names no folder of public trees"))
    func counts() throws {
        let outcome = try run(
            [root.appending(path: "scripts/corpus").path, Self.folder ?? "", "--csv"],
            environment: ["STOWAGE": stowage.path])
        #expect(outcome.status == 0)
        let found = outcome.said.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: ",")
            return "\(cells[0]) \(cells[2])"
        }
        #expect(Set(found) == Set(try rows().map { "\($0.rule) \($0.findings)" }))
    }

    @Test("a tree that cannot be fetched is named, and the rest is checked")
    func fetching() throws {
        try withTemporaryFolder { folder in
            let place = folder.appending(path: "kedacore/keda")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let object = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
            try Data((object + "---\n" + object).utf8).write(to: place.appending(path: "a.yaml"))
            let outcome = try run(
                [root.appending(path: "scripts/corpus").path, folder.path],
                environment: ["STOWAGE": stowage.path, "CORPUS_SOURCE": "file://\(folder.path)/none"])
            #expect(outcome.status == 0, "\(outcome.said)")
            #expect(outcome.said.contains("skipped: awslabs/ai-on-eks: "), "\(outcome.said)")
            #expect(outcome.said.contains("1  findings of 1 rules in 1 trees"), "\(outcome.said)")
        }
    }
}
