import Foundation
import Groundwork
import Planning
import TestTools
import Testing

/// Requests counted at a gateway, in a real Prometheus.
struct GatewayTests {
    /// A second of the test stands for fifteen: the window of the rate is eight seconds long.
    private static let window = 8

    @Test(
        "a gateway's requests are counted from the first one on, none is a number, and no gateway is no answer",
        .enabled(if: PrometheusServer.isInstalled, "prometheus or python3 is not installed"), .timeLimit(.minutes(10)),
        arguments: [Gateway.istio, .envoyGateway, .nginx])
    func counted(_ gateway: Gateway) async throws {
        try await aside { try count(gateway) }
    }

    private func count(_ gateway: Gateway) throws {
        let cluster = try compiled(
            gateway.rawValue, "seed",
            replacing: [
                "kubeStateMetrics: true": "kubeStateMetrics: true\n      gateway: \(gateway.rawValue)",
                "class: realtime": "class: realtime\n      scaling: {signal: requests}",
            ])
        let seconds = Int(Thresholds.requestWindow.value)
        let query = try #require(try cluster.model("model-a").scaler?.triggers.first).query.value
            .replacing("\(seconds)s", with: "\(Self.window)s").replacing("/ \(seconds)", with: "/ \(Self.window)")
        try withTemporaryFolder { folder in
            let server = try PrometheusServer(in: folder, rules: [:]) { exporter in
                [
                    ScrapeJob(
                        "gateway", namespace: "gateways", pod: "gateway-0", honorLabels: false, exporter: exporter),
                    ScrapeJob(
                        "requests", namespace: "gateways", pod: "requests", honorLabels: false, exporter: exporter),
                ]
            }
            defer { server.end() }
            func value(_ round: Int, _ pods: [String: ExporterState.Source], after pause: Double = 1.5) throws
                -> [Double?]
            {
                try server.enter(ExporterState(round: round, pods: pods))
                Thread.sleep(forTimeInterval: pause)
                let answer = try server.ask([query])[0]
                #expect(answer.error == nil)
                return answer.samples.map(\.value)
            }
            let present = ["gateway-0": ExporterState.Source.plain([gateway.presence])]
            func requests(_ rate: Double) -> ExporterState.Source {
                .counting(
                    since: Date.now.timeIntervalSince1970,
                    [
                        gateway.series("model-a", cluster.namespace, rate),
                        gateway.series("model-a-canary", cluster.namespace, 50),
                        gateway.series("model-a", "staging", 50),
                    ])
            }
            #expect(try value(1, [:]) == [], "no counter")
            #expect(try value(2, present) == [0], "no request yet")
            // One request is one in the window, though no rate shows it.
            let first = try #require(try value(3, present.merging(["requests": requests(0)]) { $1 }).first ?? nil)
            #expect(abs(first - 1 / Double(Self.window)) < 1e-6, "the first request gives \(first)")
            // When the window is past it is forgotten.
            #expect(try value(4, present.merging(["requests": requests(0)]) { $1 }, after: 10) == [0])
            let steady = try #require(
                try value(5, present.merging(["requests": requests(5)]) { $1 }, after: 10).first ?? nil)
            #expect(abs(steady - 5) < 0.25, "five requests per second give \(steady)")
            #expect(try value(6, [:], after: 6) == [], "the gateway is gone")
        }
    }
}

extension Gateway {
    fileprivate var presence: (name: String, labels: [String: String], value: Double) {
        switch self {
        case .istio: ("istio_build", ["component": "proxy", "tag": "1.27.0"], 1)
        case .envoyGateway: ("envoy_server_live", [:], 1)
        case .nginx: ("nginx_ingress_controller_build_info", ["release": "v1.13.0"], 1)
        }
    }

    /// Requests to a Service, as the gateway labels them before it is scraped.
    fileprivate func series(_ service: String, _ namespace: String, _ rate: Double)
        -> (name: String, labels: [String: String], rate: Double)
    {
        switch self {
        case .istio:
            (
                "istio_requests_total",
                [
                    "reporter": "source", "destination_service_namespace": namespace,
                    "destination_service_name": service,
                    "response_code": "503", "response_flags": "UH",
                ], rate
            )
        case .envoyGateway:
            (
                "envoy_cluster_upstream_rq_xx",
                ["envoy_cluster_name": "httproute/\(namespace)/\(service)/rule/0", "envoy_response_code_class": "2"],
                rate
            )
        case .nginx:
            (
                "nginx_ingress_controller_requests", ["namespace": namespace, "service": service, "status": "503"], rate
            )
        }
    }
}
