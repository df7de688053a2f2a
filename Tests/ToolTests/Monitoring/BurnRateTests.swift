import Foundation
import Groundwork
import Planning
import TestTools
import Testing

/// Alerts on error budgets, over hours of traffic.
struct BurnRateTests {
    @Test(
        "an error budget that burns is told within its windows, and one that lasts the month is not",
        .enabled(if: hasPromtool, "promtool is not installed"),
        arguments: clusters.filter { $0.name == $0.file })
    func burns(_ cluster: Compiled) throws {
        try burn(cluster, cluster.plan.spec.platform.monitoring.gateway?.value) { _ in true }
    }

    @Test(
        "a gateway's failed requests burn the budget of availability",
        .enabled(if: hasPromtool, "promtool is not installed"),
        arguments: [Gateway.istio, .envoyGateway, .nginx])
    func gateways(_ gateway: Gateway) throws {
        let cluster = try compiled(
            gateway.rawValue, "seed",
            replacing: ["kubeStateMetrics: true": "kubeStateMetrics: true\n      gateway: \(gateway.rawValue)"])
        try burn(cluster, gateway) { $0.gateway != nil }
    }

    private func burn(_ cluster: Compiled, _ gateway: Gateway? = nil, _ isTried: (Objective) -> Bool) throws {
        for model in cluster.plan.models {
            for objective in Objective.all(of: model, gateway: gateway).filter(isTried) {
                let tests = objective.scenarios(Traffic(namespace: cluster.namespace)).map {
                    $0.test(of: "ModelErrorBudgetBurn", every: objective.interval)
                }
                // No alert reads the series about an objective as a whole.
                let groups = try rules(cluster, model.name) { group in
                    group.hasSuffix(objective.id) && !group.hasPrefix("sloth-slo-meta-")
                        || group.hasSuffix("-load") && objective.isByTime
                }
                try runPromtool(groups, every: objective.interval, tests)
            }
        }
    }

    @Test(
        "a window in which a budget cannot burn fast enough is left out, and the page says so",
        .enabled(if: hasPromtool, "promtool is not installed"))
    func infeasible() throws {
        let cluster = try compiled("nine of ten", "scaling", replacing: ["{p95: 1s}": "{p90: 1s}"])
        let model = try cluster.model("chat")
        let alerts = model.ruleGroups.flatMap(\.rules).filter { rule in
            rule.alert == "ModelErrorBudgetBurn"
                && rule.labels.contains { $0.1.value == "chat-time-to-first-token" }
        }
        // Fourteen times a tenth is more than all requests; six times is not.
        #expect(alerts.count == 2)
        #expect(alerts.allSatisfy { !$0.expression.value.contains("ratio_rate5m") })
        #expect(cluster.files["PLAN.md"]?.contains("is 10%: it cannot burn at 14.4× over 1h") == true)
        try burn(cluster, .istio) { $0.id == "chat-time-to-first-token" }
    }

    @Test(
        "hours without traffic neither burn the budget nor count in the month's mean",
        .enabled(if: hasPromtool, "promtool is not installed"))
    func idleHours() throws {
        let cluster = try compiled("seed", "seed")
        let model = try cluster.model("model-a")
        let objective = try #require(Objective.all(of: model).first { $0.bound != nil })
        // An hour with one bad request in a hundred, four idle hours, an hour with three: the mean is two.
        let series = objective.requests(
            Traffic(namespace: cluster.namespace), [(0.01, 60), (nil, 240), (0.03, 61)])
        func remaining(_ name: String, _ value: Double) -> PromtoolTest.ExpressionTest {
            .init(
                expr: "round(\(name){sloth_id=\"\(objective.id)\"}, 0.001)", evalTime: "6h",
                expSamples: [.init(labels: objective.labels(window: "30d"), value: value)])
        }
        var test = PromtoolTest(
            name: "idle hours", interval: "1m", inputSeries: series,
            alertRuleTest: [.init(evalTime: "6h", alertname: "ModelErrorBudgetBurn", expAlerts: [])])
        test.promqlExprTest = [
            remaining("slo:sli_error:ratio_rate30d", 0.02),
            .init(expr: "slo:sli_error:ratio_rate5m{sloth_id=\"\(objective.id)\"}", evalTime: "3h", expSamples: []),
        ]
        let groups = try rules(cluster, model.name) { $0.hasSuffix("-load") || $0.hasSuffix(objective.id) }
        try runPromtool(groups, every: "1m", [test])
    }
}
