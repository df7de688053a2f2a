import Diagnostics
import Groundwork

extension Rule {
    static let queryUnknownHistogramBucket = Rule(
        "query-unknown-histogram-bucket", .monitoring,
        why:
            "a histogram has only the buckets that its exporter defines, with `le` written as the exporter writes it: any other `le` matches no series, and the SLO has no value",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(vllm:time_to_first_token_seconds_bucket{le="1.0"}[5m])) < 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(vllm:time_to_first_token_seconds_bucket{le="+Inf"}[5m])) < 1
                - alert: B
                  expr: sum(rate(vllm:time_to_first_token_seconds_bucket{le=~"2|2.0|2.5"}[5m])) < 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(vllm:e2e_request_latency_seconds_bucket{le="30.0"}[5m])) < 1
                - alert: B
                  expr: sum(rate(gateway_latency_seconds_bucket{le="2"}[5m])) < 1
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(vllm:time_to_first_token_seconds_bucket{↓le="2"}[5m])) < 1
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: sum(rate(vllm:time_to_first_token_seconds_bucket{↓le="1"}[5m])) < 1
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for selector in use.parts.selectors.map(\.content) {
                guard let metric = selector.metric, !metric.buckets.isEmpty, let matcher = selector.matcher("le"),
                    matcher.relation == .equal, !metric.buckets.contains(matcher.value)
                else { continue }
                let asked = Double(matcher.value)
                let below = metric.buckets.last { bound in asked.map { Double(bound) ?? .infinity <= $0 } ?? false }
                findings.add(
                    "\(use.words) selects bucket `\(matcher.value)` of `\(metric.name)`, which has no such bucket",
                    at: use.place(matcher.extent), label: "matches no series",
                    help: below.map { "the nearest bucket at or below this value is `le=\"\($0)\"`" },
                    fix: below.flatMap { Double($0) } == asked ? [rewriting(matcher, below, use)] : [])
            }
        }
    }
}

/// The edit that writes a bucket's bound as the exporter does.
private func rewriting(_ matcher: Query.Matcher, _ bound: String?, _ use: Inventory.QueryUse) -> TextEdit? {
    let inner = matcher.valueExtent.lowerBound + 1..<matcher.valueExtent.upperBound - 1
    let place = use.place(inner)
    guard let bound, place.end - place.start == inner.count else { return nil }
    return TextEdit(place, bound)
}
