import Diagnostics
import Testing

@testable import YAML

/// A proposal that a line of help of a case makes, and the diagnostic that it would mend.
struct Proposal {
    let stage: Stage
    let diagnostic: Diagnostic
    let help: Help
    let edits: [TextEdit]

    /// All proposals of what was found.
    static func all(in findings: [Stage: [Diagnostic]]) -> [Proposal] {
        Stage.allCases.flatMap { stage in
            (findings[stage] ?? []).flatMap { diagnostic in
                diagnostic.help.flatMap { help in
                    help.proposals.map {
                        Proposal(stage: stage, diagnostic: diagnostic, help: help, edits: $0)
                    }
                }
            }
        }
    }

    /// Where the diagnostic would stand after the edits if it were still there.
    private var place: Int? {
        guard let range = diagnostic.range else { return nil }
        let before = edits.filter { $0.range.file.path == range.file.path && $0.range.end <= range.start }
        return before.reduce(range.start) { $0 + $1.text.utf8.count - ($1.range.end - $1.range.start) }
    }

    /// What is still or newly wrong after the edits, in the diagnostic's stage or an earlier one.
    ///
    /// What stands under an unknown key was not read: its mistakes may be found once the key is right.
    func faults(_ before: [Stage: [Diagnostic]], _ after: [Stage: [Diagnostic]]) -> [Diagnostic] {
        var known = before.values.joined().map(\.fact)
        known.firstIndex(of: diagnostic.fact).map { _ = known.remove(at: $0) }
        return Stage.allCases.filter { $0 <= stage }.flatMap { after[$0] ?? [] }.filter { found in
            guard let index = known.firstIndex(of: found.fact) else {
                let isSame = isInFile(found) && found.code == diagnostic.code && found.range?.start == place
                return isSame || !wasUnread(found) && !isOfNewPlan(found)
            }
            known.remove(at: index)
            return false
        }
    }

    /// Whether another diagnostic is a warning about a plan, where the error allowed none.
    private func isOfNewPlan(_ other: Diagnostic) -> Bool {
        stage == .plan && diagnostic.severity == .error && other.code == "cold-start-decides-minimum"
    }

    /// Whether another diagnostic is about the same file.
    private func isInFile(_ other: Diagnostic) -> Bool { other.range?.file.path == diagnostic.range?.file.path }

    /// Whether another diagnostic stands in the value of a key that was not known.
    private func wasUnread(_ other: Diagnostic) -> Bool {
        guard diagnostic.code == "unknown-key", isInFile(other), let place, let range = other.range else {
            return false
        }
        let key = NodeChange.Anchor.key(SourceRange(range.file, place, place))
        let entry = documents(of: range.file).compactMap { $0.trail(to: key)?.last }.first
        return entry.map { $0.value.range.start <= range.start && range.end <= $0.value.range.end } ?? false
    }
}

extension Diagnostic {
    /// What it says, wherever.
    fileprivate var fact: String { "\(code): \(message)" }
}

@Suite("A proposal of help")
struct ProposalTests {
    @Test("mends its diagnostic and breaks nothing else", arguments: CaseFindings.all)
    func mends(_ example: CaseFindings) {
        for proposal in example.proposals { check(proposal, example.texts, example.found) }
    }

    @Test("mends each way to get GPUs that is rejected", arguments: SharingCell.all.filter { !$0.outcomeIsEmitted })
    func mendsSharing(_ cell: SharingCell) {
        let texts = CaseTexts(spec: cell.spec)
        let found = texts.findings()
        for proposal in Proposal.all(in: found) { check(proposal, texts, found) }
    }

    /// Makes the edits of a proposal and compiles again.
    private func check(_ proposal: Proposal, _ texts: CaseTexts, _ found: [Stage: [Diagnostic]]) {
        let after = texts.edited(proposal.edits).findings(through: proposal.stage)
        let faults = HumanPrinter(colors: false).text(of: proposal.faults(found, after))
        #expect(
            faults.isEmpty, "\(proposal.diagnostic.code): \(proposal.help)\n\(proposal.edits.map(\.text))\n\(faults)")
    }

    @Test("is made in many cases, and always tried")
    func enough() {
        let proposals = CaseFindings.all.flatMap(\.proposals)
        print("\(proposals.count) proposals of \(Set(proposals.map(\.diagnostic.code)).count) kinds of diagnostics")
        #expect(proposals.count > 200)
    }

    @Test("is carried by every line of help that reads like one", arguments: CaseFindings.all)
    func carried(_ example: CaseFindings) {
        for help in example.help where help.readsLikeProposal && help.proposals.isEmpty {
            #expect(Advice.all.contains { help.text.contains($0.words) }, "\(help)")
        }
    }

    @Test("is missing where advice is listed, and nothing is listed in vain", arguments: Advice.all)
    func advice(_ advice: Advice) {
        let lines = CaseFindings.all.flatMap(\.help).filter { $0.text.contains(advice.words) && $0.readsLikeProposal }
        #expect(lines.contains { $0.proposals.isEmpty }, "\(advice.reason)")
    }
}

extension Help {
    /// Whether it names another word, or a key with a whole value.
    fileprivate var readsLikeProposal: Bool {
        if text.hasPrefix("did you mean `") { return true }
        let quoted = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return quoted.contains { index, words in
            index % 2 == 1 && words.contains(": ") && !words.hasPrefix(":") && !words.contains("…")
        }
    }
}
