import Foundation
import Groundwork
import Planning
import TestTools
import Testing
import YAML

/// Every alert as Prometheus evaluates it, on series made from the plan's own numbers.
struct RuleTests {
    @Test(
        "each alert fires for what it is about, in time, and for nothing else",
        .enabled(if: hasPromtool, "promtool is not installed"))
    func alerts() async throws {
        // Most alerts of the variants are those of the reference cluster: each is tried once.
        var tried: Set<String> = []
        try await withThrowingTaskGroup(of: Void.self) { group in
            func run(_ rules: [String: Data], _ tests: [PromtoolTest]) {
                group.addTask { try runPromtool(rules, every: "15s", tests) }
            }
            for cluster in clusters {
                for model in cluster.plan.models {
                    let tests = try tests(of: model.ruleGroups, &tried) {
                        scenarios(of: $0, model, in: cluster.namespace)
                    }
                    run(try rules(cluster, model.name) { !$0.hasPrefix("sloth") }, tests)
                }
                let tests = try tests(of: cluster.plan.platformRules, &tried) { scenarios(of: $0, in: cluster.plan) }
                run(try rules(cluster, "stowage-platform"), tests)
            }
            try await group.waitForAll()
        }
    }

    /// The tests of all new alerts but those on error budgets; each alert has one that fires and one that does not.
    private func tests(
        of groups: [RuleGroup], _ tried: inout Set<String>, _ scenarios: (PrometheusRule) -> [Scenario]
    ) throws -> [PromtoolTest] {
        try groups.flatMap(\.rules).filter { $0.alert != nil && $0.alert != "ModelErrorBudgetBurn" }.flatMap { rule in
            let alert = try #require(rule.alert)
            guard tried.insert("\(alert) \(rule.expression.value) \(rule.forSeconds)").inserted else {
                return [PromtoolTest]()
            }
            let found = scenarios(rule)
            #expect(found.contains { $0.fires }, "nothing shows \(alert)")
            #expect(found.contains { !$0.fires }, "nothing comes near \(alert)")
            return found.map { $0.test(of: alert) }
        }
    }
}

/// The groups of a PrometheusRule as the operator hands them to Prometheus.
func rules(_ cluster: Compiled, _ name: String, _ isKept: (String) -> Bool = { _ in true }) throws -> [String: Data] {
    let rule = try #require(
        try cluster.objects("PrometheusRule").first { $0["metadata"]?["name"]?.scalar?.text == name })
    let groups = try #require(rule["spec"]?["groups"])
    let kept = (groups.items ?? []).filter { isKept($0["name"]?.scalar?.text ?? "") }
    let list = Node(.sequence(kept), groups.range)
    return ["\(name).yaml": Data(writeYAML([Node(.mapping([.init("groups", groups.range, list)]), groups.range)]))]
}
