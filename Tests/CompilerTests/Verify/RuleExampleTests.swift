import Diagnostics
import Testing

@testable import Verify

@Suite("A rule")
struct RuleExampleTests {
    @Test("finds nothing in what it accepts", arguments: Rule.all)
    func accepts(_ rule: Rule) {
        #expect(rule.accepts.count >= 3)
        for example in rule.accepts.map({ RuleExample($0) }) {
            #expect(places(rule, example) == [])
        }
    }

    @Test("finds what it rejects, exactly where the example marks it", arguments: Rule.all)
    func rejects(_ rule: Rule) {
        #expect(rule.rejects.count >= 2)
        for example in rule.rejects.map({ RuleExample($0) }) {
            #expect(!example.marks.isEmpty)
            #expect(places(rule, example) == example.marks)
        }
    }

    @Test("speaks as diagnostics do", arguments: Rule.all)
    func style(_ rule: Rule) {
        for example in rule.rejects.map({ RuleExample($0) }) {
            for finding in rule.findings(in: example) {
                for text in [finding.message, finding.label] + finding.notes.map(\.message) + finding.help.map(\.text) {
                    #expect(!text.hasSuffix("."), "\(text)")
                }
                #expect(!finding.label.isEmpty)
            }
        }
    }

    @Test("has a slug of its own")
    func codes() {
        let codes = Rule.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        for code in codes { #expect(code.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(code)") }
    }

    /// The places of what a rule finds, in order; or what is wrong with the example's YAML.
    private func places(_ rule: Rule, _ example: RuleExample) -> [String] {
        let problems = example.manifests().problems
        if !problems.isEmpty { return problems.map(\.message) }
        var report = Report()
        for file in example.files { report.warning("order", "", at: SourceRange(file, -1, -1)) }
        for finding in rule.findings(in: example) { report.add(finding) }
        return report.diagnostics.filter { $0.code != "order" }.map { $0.range?.description ?? "nowhere" }
    }
}
