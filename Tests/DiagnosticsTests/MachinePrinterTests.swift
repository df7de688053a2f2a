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

    @Test("SARIF has a log with rules, results and places")
    func sarif() throws {
        struct Log: Decodable {
            struct Run: Decodable { let results: [Result] }
            struct Result: Decodable {
                let ruleId: String
                let ruleIndex: Int
                let level: String
                let locations: [Location]?
                let relatedLocations: [Location]?
            }
            struct Location: Decodable { let physicalLocation: Place }
            struct Place: Decodable {
                let artifactLocation: [String: String]
                let region: [String: Int]
            }
            let version: String
            let runs: [Run]
        }
        let text = SARIFPrinter(version: "1.0").text(of: try diagnostics())
        let log = try JSONDecoder().decode(Log.self, from: Data(text.utf8))
        let results = try #require(log.runs.first?.results)
        #expect(log.version == "2.1.0")
        #expect(results.map(\.ruleId) == ["bad-value", "no-place"])
        #expect(results.map(\.ruleIndex) == [0, 1])
        #expect(results.map(\.level) == ["error", "warning"])
        let place = try #require(results[0].locations?.first?.physicalLocation)
        #expect(place.artifactLocation == ["uri": "a%20b/%C3%BC.yaml"])
        #expect(
            place.region == [
                "startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7, "byteOffset": 9, "byteLength": 3,
            ])
        #expect(results[0].relatedLocations?.first?.physicalLocation.region["startColumn"] == 4)
        #expect(results[1].locations == nil)
    }
}
