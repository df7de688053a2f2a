import Diagnostics
import Foundation
import Testing

struct MachinePrinterTests {
    private func diagnostics() throws -> [Diagnostic] {
        let file = SourceFile(path: "a b/ü.yaml", text: "é: 1\nb: 50%\n")
        return [
            Diagnostic(
                .error, "bad-value", "`50%` is wrong", at: try range("50%", in: file), label: "here",
                notes: [Diagnostic.Note("see this", at: try range("1", in: file)), Diagnostic.Note("remark")],
                help: ["say \"5\"", Help(meaning: "5", at: try range("50%", in: file))]),
            Diagnostic(.warning, "no-place", "nothing", at: nil),
        ]
    }

    @Test("JSON has a line for each diagnostic")
    func json() throws {
        #expect(
            JSONPrinter().text(of: try diagnostics()) == #"""
                {"severity":"error","code":"bad-value","message":"`50%` is wrong","file":"a b/ü.yaml","line":2,"column":4,"endLine":2,"endColumn":7,"start":9,"end":12,"label":"here","notes":[{"message":"see this","file":"a b/ü.yaml","line":1,"column":4,"endLine":1,"endColumn":5,"start":4,"end":5,"label":""},{"message":"remark","label":""}],"help":["say \"5\"","did you mean `5`?"],"proposals":[{"help":1,"edits":[{"file":"a b/ü.yaml","line":2,"column":4,"endLine":2,"endColumn":7,"start":9,"end":12,"text":"5"}]}]}
                {"severity":"warning","code":"no-place","message":"nothing","label":"","notes":[],"help":[],"proposals":[]}

                """#)
    }

    @Test("GitHub has a command for each diagnostic")
    func github() throws {
        #expect(
            GitHubPrinter().text(of: try diagnostics()) == """
                ::error file=a b/ü.yaml,line=2,endLine=2,col=4,endColumn=7,title=bad-value::`50%25` is wrong: here%0Anote: see this (a b/ü.yaml:1:4)%0Anote: remark%0Ahelp: say "5"%0Ahelp: did you mean `5`?
                ::warning title=no-place::nothing

                """)
    }

    @Test("SARIF has a log with rules, results, places, fixes and fingerprints")
    func sarif() throws {
        struct Log: Decodable {
            struct Run: Decodable {
                let tool: Tool
                let results: [Result]
            }
            struct Tool: Decodable { let driver: Driver }
            struct Driver: Decodable { let rules: [Rule] }
            struct Rule: Decodable {
                let id: String
                let name: String
                let shortDescription: [String: String]
                let fullDescription: [String: String]
                let help: [String: String]
                let helpUri: String
                let defaultConfiguration: [String: String]?
                let properties: [String: [String]]
                let deprecatedIds: [String]?
            }
            struct Result: Decodable {
                let ruleId: String
                let ruleIndex: Int
                let level: String
                let locations: [Location]?
                let relatedLocations: [Location]?
                let partialFingerprints: [String: String]
                let fixes: [Fix]?
            }
            struct Location: Decodable { let physicalLocation: Place }
            struct Place: Decodable {
                let artifactLocation: [String: String]
                let region: [String: Int]
            }
            struct Fix: Decodable {
                let description: [String: String]
                let artifactChanges: [Change]
            }
            struct Change: Decodable {
                let artifactLocation: [String: String]
                let replacements: [Replacement]
            }
            struct Replacement: Decodable {
                let deletedRegion: [String: Int]
                let insertedContent: [String: String]
            }
            let version: String
            let runs: [Run]
        }
        let printer = SARIFPrinter(version: "1.0", home: "https://example.com") { code in
            RuleDescription(
                short: "\(code) in short", full: "in full", page: "# page", address: "https://example.com/\(code)",
                severity: code == "no-place" ? nil : .error, tags: ["money"],
                formerCodes: code == "no-place" ? ["nowhere"] : [])
        }
        let found = try diagnostics()
        let text = printer.text(of: found + [found[0]], fingerprints: ["a", "b", "a"])
        let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
        let run = try #require(log.runs.first)
        let results = run.results
        #expect(log.version == "2.1.0")
        #expect(results.map(\.ruleId) == ["bad-value", "no-place", "bad-value"])
        #expect(results.map(\.ruleIndex) == [0, 1, 0])
        #expect(results.map(\.level) == ["error", "warning", "error"])
        #expect(results.map(\.partialFingerprints) == ["a:1", "b:1", "a:2"].map { ["primaryLocationLineHash": $0] })

        let rules = run.tool.driver.rules
        #expect(rules.map(\.id) == ["bad-value", "no-place"])
        #expect(rules.map(\.name) == ["BadValue", "NoPlace"])
        #expect(rules[0].shortDescription == ["text": "bad-value in short"])
        #expect(rules[0].fullDescription == ["text": "in full"])
        #expect(rules[0].help == ["text": "# page", "markdown": "# page"])
        #expect(rules.map(\.helpUri) == ["https://example.com/bad-value", "https://example.com/no-place"])
        #expect(rules.map(\.defaultConfiguration) == [["level": "error"], nil])
        #expect(rules[0].properties == ["tags": ["money"]])
        #expect(rules.map(\.deprecatedIds) == [nil, ["nowhere"]])

        let place = try #require(results[0].locations?.first?.physicalLocation)
        #expect(place.artifactLocation == ["uri": "a%20b/%C3%BC.yaml"])
        let region = [
            "startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7, "byteOffset": 9, "byteLength": 3,
        ]
        #expect(place.region == region)
        #expect(results[0].relatedLocations?.first?.physicalLocation.region["startColumn"] == 4)
        #expect(results[1].locations == nil && results[1].fixes == nil)

        let fix = try #require(results[0].fixes?.first)
        #expect(fix.description == ["text": "did you mean `5`?"])
        #expect(fix.artifactChanges.map(\.artifactLocation) == [["uri": "a%20b/%C3%BC.yaml"]])
        let replacement = try #require(fix.artifactChanges.first?.replacements.first)
        #expect(replacement.deletedRegion == region)
        #expect(replacement.insertedContent == ["text": "5"])
    }
}
