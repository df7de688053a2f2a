import Groundwork
import Planning

extension Objective {
    /// A minute and an hour, seconds.
    private static let minute = 60, hour = 3600

    /// How often samples come and rules are evaluated: fractions of a minute show only in time without replicas.
    var interval: String { isByTime ? "30s" : "1m" }

    /// Whether it counts minutes without a replica, and no requests.
    var isByTime: Bool { bound == nil && gateway == nil }

    func scenarios(_ traffic: Traffic) -> [Scenario] { isByTime ? outages(traffic) : slowRequests(traffic) }

    private func firing(_ page: Bool, _ ticket: Bool) -> [Scenario.Firing] {
        ((page ? [self.page] : []) + (ticket ? [self.ticket] : [])).compactMap { $0 }.map { Scenario.Firing(rule: $0) }
    }

    private func look(_ seconds: Int, page: Bool = false, ticket: Bool = false) -> Scenario.Look {
        .init(seconds: seconds, firing: firing(page, ticket))
    }

    /// Slow requests after hours of quick ones.
    ///
    /// Samples are a minute apart.
    private func slowRequests(_ traffic: Traffic) -> [Scenario] {
        let (minute, hour) = (Self.minute, Self.hour)
        let quick = 6 * hour
        // Alerts compare strictly.
        let fast = min(1, 14.4 * budget * 1.05)
        let isFeasible = 14.4 * budget < 1
        func phases(_ bad: Double, _ samples: Int) -> [Series] {
            requests(traffic, [(0, quick / minute), (bad, samples)])
        }
        let neighbor = Objective(
            id: id, model: model, budget: budget, bound: bound, page: page, ticket: ticket, gateway: gateway
        )
        .requests(Traffic(namespace: "staging"), [(1, 60)])
        var result = [
            Scenario(
                title: "\(id): 14.4 times the budget for an hour, then none",
                series: requests(
                    traffic, [(0, quick / minute), (fast, 60), (0, 60)]),
                looks: [
                    look(quick + 20 * minute),
                    look(quick + hour, page: isFeasible, ticket: true),
                    look(quick + hour + 10 * minute, page: false, ticket: true),
                ]),
            Scenario(
                title: "\(id): 14.4 times the budget for two minutes", series: phases(fast, 2) + neighbor,
                looks: [look(quick + 2 * minute), look(quick + 10 * minute)]),
            Scenario(
                title: "\(id): 0.9 times the budget from the first request on",
                series: requests(traffic, [(0.9 * budget, 200)]),
                looks: [look(10 * minute), look(hour), look(3 * hour)]),
            Scenario(
                title: "\(id): no requests", series: requests(traffic, [(nil, 120)]) + neighbor,
                looks: [look(hour), look(2 * hour)]),
        ]
        if 6 * budget < 1 {
            result.append(
                Scenario(
                    title: "\(id): 6 times the budget from the first request on",
                    series: requests(traffic, [(6 * budget * 1.05, 70)]), looks: [look(hour, page: true, ticket: true)])
            )
        }
        if 3 * budget < 1 {
            result.append(
                Scenario(
                    title: "\(id): 3 times the budget from the first request on",
                    series: requests(traffic, [(3 * budget * 1.05, 70)]), looks: [look(hour, ticket: true)]))
        }
        return result
    }

    /// Time without a replica after half a day with one.
    ///
    /// Samples are half a minute apart.
    private func outages(_ traffic: Traffic) -> [Scenario] {
        let (minute, hour) = (Self.minute, Self.hour)
        let good = 12 * hour
        func replicas(_ without: Int) -> [Series] {
            let name = model.deployments[0].name.value
            let labels = ["deployment": name, "namespace": traffic.namespace, "job": "kube-state-metrics"]
            return [
                Series(
                    "kube_deployment_status_replicas_available", labels,
                    .steps([(2, good / 30)] + (without > 0 ? [(0, without / 30)] : []) + [(1, 240)]))
            ]
        }
        let reader = model.deployments[0].name.value
        func requests(_ metric: String, _ labels: [String: String], _ steps: [(Double, Int)]) -> Series {
            let pod = Traffic.pods(reader, 1)[0]
            return traffic.engine(
                metric, model.name, pod: pod, .growing(steps.map { (step: $0.0, samples: $0.1) }), labels)
        }
        let isLimited = model.ruleGroups.flatMap(\.rules).contains { $0.alert == "ModelRequestsRejected" }
        let rejecting = [(0, good / 30), (10, 12), (0, 240)] as [(Double, Int)]
        let completing = [(10, good / 30), (0, 12), (10, 240)] as [(Double, Int)]
        let rejected = Scenario(
            title: "\(id): all requests are rejected for six minutes",
            series: replicas(0) + [
                requests("vllm:admission_rejections_total", ["reason": "max_num_queued_reqs"], rejecting),
                requests("vllm:request_success_total", ["finished_reason": "stop"], completing),
            ],
            looks: [
                look(good - minute), look(good + 6 * minute, page: true, ticket: true),
                look(good + hour, page: false, ticket: true),
            ])
        return (isLimited ? [rejected] : []) + [
            Scenario(
                title: "\(id): half a minute without a replica", series: replicas(30),
                looks: [look(good + 2 * minute), look(good + 10 * minute), look(good + hour)]),
            Scenario(
                title: "\(id): five minutes without a replica", series: replicas(5 * minute),
                looks: [
                    look(good - minute), look(good + 5 * minute, page: true, ticket: true),
                    look(good + hour, page: false, ticket: true),
                ]),
            Scenario(title: "\(id): no replica counts", series: [], looks: [look(hour)]),
        ]
    }
}
