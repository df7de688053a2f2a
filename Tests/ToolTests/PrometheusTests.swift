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
}
