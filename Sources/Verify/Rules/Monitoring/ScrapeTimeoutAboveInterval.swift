import Groundwork

extension Rule {
    static let scrapeTimeoutAboveInterval = Rule(
        "scrape-timeout-above-interval", .monitoring,
        why: "the Prometheus Operator rejects a scrape timeout that is longer than the scrape interval",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 15s, scrapeTimeout: 10s}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 30s, scrapeTimeout: 30s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: a}
            spec: {selector: {}, podMetricsEndpoints: [{port: a, interval: 1m30s, scrapeTimeout: 1m}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, scrapeTimeout: 30s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: b}
            spec: {selector: {}, endpoints: [{port: a, interval: 5s}]}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 15s, scrapeTimeout: ↓30s}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: a}
            spec: {selector: {}, podMetricsEndpoints: [{port: a, interval: 1m, scrapeTimeout: ↓90s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a}, {port: b, interval: 15s, scrapeTimeout: ↓1m}]}
            """,
        ]
    ) { tree, findings in
        for monitor in tree.objects(.serviceMonitor) + tree.objects(.podMonitor) {
            for endpoint in (monitor.spec?["endpoints"] ?? monitor.spec?["podMetricsEndpoints"])?.items ?? [] {
                guard let timeout = endpoint["scrapeTimeout"], let most = endpoint["interval"],
                    let limit = most.seconds, let seconds = timeout.seconds, seconds > limit
                else { continue }
                findings.add(
                    "\(monitor.words) has a scrape timeout of \(timeout.text ?? "") and a scrape interval of \(most.text ?? "")",
                    at: timeout.place, label: "longer than the scrape interval")
            }
        }
    }
}
