import Foundation
import TestTools
import Testing
import YAML

/// What Prometheus says of the rules once the operator has handed them over.
struct PrometheusTests {
    @Test(
        "Prometheus accepts every rule",
        .enabled(if: works(["promtool", "--version"]), "promtool is not installed"), arguments: committed)
    func rules(_ example: Example) throws {
        let manifests = files(under: example.tree) { $0.pathExtension == "yaml" }
        let rules = try manifests.flatMap(documents).filter { $0["kind"]?.scalar?.text == "PrometheusRule" }
        #expect(!rules.isEmpty)
        try withTemporaryFolder { scratch in
            var paths: [String] = []
            for rule in rules {
                let name = try #require(rule["metadata"]?["name"]?.scalar?.text)
                let groups = try #require(rule["spec"]?["groups"], "\(name) has no groups")
                let file = scratch.appending(path: "\(paths.count)-\(name).yaml")
                let content = Node(.mapping([.init("groups", groups.range, groups)]), groups.range)
                try Data(writeYAML([content])).write(to: file)
                paths.append(file.path)
            }
            let outcome = try run(["promtool", "check", "rules", "--lint-fatal"] + paths)
            #expect(outcome.status == 0, "\(outcome.said)")
        }
    }

    @Test(
        "Prometheus accepts the files for a cluster without the operator",
        .enabled(if: works(["promtool", "--version"]), "promtool is not installed"),
        arguments: ["rules-and-targets-as-files", "files-beside-the-gpu-operator"])
    func rulesAndTargets(_ example: String) throws {
        let folder = root.appending(path: "Tests/CompilerTests/Cases/\(example)/out/prometheus")
        let paths = files(under: folder) { $0.pathExtension == "yaml" }.map(\.path)
        let rules = paths.filter { $0.hasSuffix(".rules.yaml") }
        let targets = paths.filter { $0.hasSuffix("/scrape.yaml") }
        #expect(targets.count == 1)
        if !rules.isEmpty {
            let checked = try run(["promtool", "check", "rules", "--lint-fatal"] + rules)
            #expect(checked.status == 0, "\(checked.said)")
        }
        // promtool of Debian has no service discovery of Kubernetes: the rest of each job is checked.
        try withTemporaryFolder { scratch in
            let file = scratch.appending(path: "prometheus.yml")
            let text = try String(contentsOfFile: try #require(targets.first), encoding: .utf8)
            let jobs = text.split(separator: /\ \ kubernetes_sd_configs:\n(?:  - .*\n|    .*\n|      .*\n)+/)
            #expect(jobs.count > 1)
            let fixed = jobs.joined(separator: "  static_configs:\n  - targets: [localhost:80]\n")
            try Data(fixed.utf8).write(to: file)
            let checked = try run(["promtool", "check", "config", file.path])
            #expect(checked.status == 0, "\(checked.said)")
        }
    }
}
