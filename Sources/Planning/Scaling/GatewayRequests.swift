import Groundwork

/// The gateway metrics of requests to a model, and of those that failed.
struct GatewayRequests {
    let metric: MetricName
    let all: [PromQL.Matcher]
    let failed: PromQL.Matcher
    /// A series that exists as long as the gateway is scraped, even before the first request.
    private let presence: String

    init(_ gateway: Gateway, to model: String, in namespace: String) {
        switch gateway {
        case .istio:
            metric = .istioRequests
            all = [
                .equals("reporter", "source"), .equals("destination_service_namespace", namespace),
                .equals("destination_service_name", model),
            ]
            failed = .matches("response_code", "5..")
            presence = PromQL.select(.istioBuild, [.equals("component", "proxy")])
        case .envoyGateway:
            metric = .envoyRequests
            all = [.matches("envoy_cluster_name", "httproute/\(namespace)/\(model)/rule/.+")]
            failed = .equals("envoy_response_code_class", "5")
            presence = PromQL.select(.envoyLive, [])
        case .nginx:
            // Labels of the scraped pod override the controller's own: its chart does not set honorLabels.
            metric = .nginxRequests
            all = [.equals("exported_namespace", namespace), .equals("exported_service", model)]
            failed = .matches("status", "5..")
            presence = PromQL.select(.nginxBuild, [])
        }
    }

    /// Requests per second over a window: one element as long as the gateway is scraped.
    ///
    /// The rate of a counter misses the first request of a series, which begins at one: a series that did not exist a
    /// window ago counts as one request. This request scales a model up from zero.
    func perSecond(over seconds: Reasoned) -> ReasonedText {
        let window: ReasonedText = "\(seconds)s"
        let series = PromQL.select(metric, all)
        return """
            \(PromQL.sum(PromQL.rate(metric, all, window))) > 0
            or
            count(\(series) unless \(series) offset \(window)) / \(seconds)
            or
            0 * \(PromQL.sum(presence))
            """
    }
}
