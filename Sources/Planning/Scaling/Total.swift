import Groundwork

/// PromQL for a total over all replicas of a model: one element without labels, which grows with their number.
///
/// An autoscaler divides a metric of type AverageValue by the replicas: with an average, replicas would never grow. So
/// autoscalers use this type, which can only be made from totals.
package struct Total: Sendable {
    package let text: ReasonedText
    /// The maximum per replica, if it is known.
    package let mostPerReplica: Double?

    private init(_ text: ReasonedText, most: Double?) {
        self.text = text
        mostPerReplica = most
    }

    /// The sum of a gauge that each replica has once.
    static func sum(_ name: MetricName, _ matchers: [PromQL.Matcher]) -> Total {
        let metric = name.metric
        precondition(metric.kind == .gauge, "the sum of \(metric.name) is no amount of load")
        return Total("\(PromQL.sum(PromQL.select(name, matchers)))", most: metric.most)
    }

    /// The sum over pods of a gauge that each of their GPUs has, averaged over a pod's GPUs.
    static func sumOfPods(_ name: MetricName, _ matchers: [PromQL.Matcher]) -> Total {
        let metric = name.metric
        precondition(metric.kind == .gauge && metric.most != nil, "\(metric.name) does not average")
        return Total("sum(avg by (pod) (\(PromQL.select(name, matchers))))", most: metric.most)
    }

    /// Requests per second at a gateway.
    static func requests(_ requests: GatewayRequests, over window: Reasoned) -> Total {
        Total(requests.perSecond(over: window), most: nil)
    }

    /// Rejected requests per second, each counted for as long as it would have stayed; zero where nothing is counted yet.
    static func rejected(_ matchers: [PromQL.Matcher], over window: Reasoned, each seconds: Reasoned) -> Total {
        let length: ReasonedText = "\(window)s"
        return Total(
            "\(seconds) * (\(PromQL.sum(PromQL.rate(.rejections, matchers, length))) or vector(0))", most: nil)
    }

    static func + (left: Total, right: Total) -> Total {
        Total("\(left.text) + \(right.text)", most: nil)
    }

    /// The same in percent.
    var inPercent: Total { Total("100 * \(text)", most: mostPerReplica.map { $0 * 100 }) }

    /// The same, or zero if no replica is ready.
    func orNothing(without available: String) -> Total {
        Total("\(text)\nor\n0 * (\(available) == 0)", most: mostPerReplica)
    }
}
