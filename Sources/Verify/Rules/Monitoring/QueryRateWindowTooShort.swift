import Groundwork

extension Rule {
    static let queryRateWindowTooShort = Rule(
        "query-rate-window-too-short", .monitoring, .warning,
        why:
            "a rate needs two samples in its window: if the window is shorter than \(Thresholds.scrapesOfRate.text) scrape intervals, a failed scrape leaves a gap",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 15s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: rate(a_total[1m]) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 1m}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: b}
            spec: {selector: {}, podMetricsEndpoints: [{port: a, interval: 15s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: rate(a_total[1m]) > 1
                - alert: B
                  expr: max_over_time(a[30s]) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 30s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: increase(a_total[120s]) > 1
                - alert: B
                  expr: rate(a_total[2m]) > 1
                - alert: C
                  expr: delta(a[1m]) > 1
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec: {selector: {}, endpoints: [{port: a, interval: 30s}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: rate(a_total[↓1m]) > 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: a}
            spec: {selector: {}, podMetricsEndpoints: [{port: a, interval: 15s}]}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(increase(a_total[↓59s]))
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: irate(a_total[↓30s]) > 1
            """,
        ]
    ) { tree, findings in
        let intervals = (tree.objects(.serviceMonitor) + tree.objects(.podMonitor)).flatMap { monitor in
            ((monitor.spec?["endpoints"] ?? monitor.spec?["podMetricsEndpoints"])?.items ?? []).compactMap {
                $0["interval"]?.seconds
            }
        }
        guard let least = intervals.min() else { return }
        for use in tree.queries {
            for (name, arguments) in use.parts.calls.map(\.content) {
                guard ["rate", "increase", "irate"].contains(name),
                    case .range(_, let window)? = arguments.first?.content,
                    let seconds = window.seconds, seconds < Thresholds.scrapesOfRate.value * least
                else { continue }
                findings.add(
                    "\(use.words) applies `\(name)` to a window of \(wholeNumber(seconds)) s, but the shortest scrape interval is \(wholeNumber(least)) s",
                    at: use.place(window.extent),
                    label: "shorter than \(Thresholds.scrapesOfRate.text) scrape intervals")
            }
        }
    }
}
