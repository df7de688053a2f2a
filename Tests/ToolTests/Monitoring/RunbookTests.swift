import Foundation
import Groundwork
import Planning
import Testing

/// What an on-call engineer needs.
struct RunbookTests {
    private let folder = root.appending(path: "docs/runbooks")

    @Test("each alert says how bad it is, what happened, what it means and what to do first", arguments: clusters)
    func annotations(_ cluster: Compiled) {
        for group in groups(of: cluster) {
            for rule in group.rules where rule.alert != nil {
                let labels = Dictionary(uniqueKeysWithValues: rule.labels.map { ($0.0, $0.1.value) })
                #expect(["critical", "warning", "info"].contains(labels["severity"]), "\(rule.alert ?? "")")
                let texts = Dictionary(uniqueKeysWithValues: rule.annotations.map { ($0.0, $0.1.value) })
                for text in ["summary", "description", "runbook"] {
                    #expect(texts[text]?.isEmpty == false, "\(rule.alert ?? ""): \(text)")
                }
            }
        }
    }

    @Test("no two alerts of a group have the same name and labels", arguments: clusters)
    func identities(_ cluster: Compiled) {
        for group in groups(of: cluster) {
            let alerts = group.rules.filter { $0.alert != nil }.map { rule in
                "\(rule.alert ?? "") \(rule.labels.map { "\($0.0)=\($0.1.value)" }.sorted())"
            }
            #expect(Set(alerts).count == alerts.count, "\(group.name)")
        }
    }

    @Test("each alert has a page, and each page an alert")
    func pages() throws {
        let alerts = Set(clusters.flatMap(groups).flatMap(\.rules).compactMap(\.alert))
        let pages = files(under: folder) { $0.pathExtension == "md" }
        #expect(Set(pages.map { $0.deletingPathExtension().lastPathComponent }) == alerts)
        for page in pages {
            let name = page.deletingPathExtension().lastPathComponent
            let text = try String(contentsOf: page, encoding: .utf8)
            #expect(text.hasPrefix("# \(name)\n"))
            for title in ["What it means", "What to look at", "What to do"] {
                #expect(text.contains("\n## \(title)\n"), "\(name)")
            }
            for link in text.matches(of: /\]\(([A-Za-z]+\.md)\)/) {
                #expect(
                    FileManager.default.fileExists(atPath: folder.appending(path: String(link.1)).path),
                    "\(name): \(link.1)")
            }
        }
    }

    private func groups(of cluster: Compiled) -> [RuleGroup] {
        cluster.plan.models.flatMap(\.ruleGroups) + cluster.plan.platformRules
    }
}
