import Groundwork

extension Rule {
    static let kedaQueryWithoutValueAtIdle = Rule(
        "keda-query-without-value-at-idle", .scaling, .warning,
        why:
            "with `ignoreNullValues: \"false\"`, KEDA fails on NaN, which a quotient or quantile of rates is without requests; the HPA "
            + "does not scale down while one of its metrics fails",
        accepts: [
            """
            # Without requests, KEDA counts NaN as 0.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(rate(a_seconds_sum[5m])) / sum(rate(a_seconds_count[5m]))
            """,
            """
            # Comparisons drop NaN, and the rest has a value.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: sum(rate(a_seconds_sum[5m])) / (sum(rate(a_seconds_count[5m])) > 0) or vector(0)
                  ignoreNullValues: "false"
              - type: prometheus
                metadata:
                  query: (histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m]))) >= 0) or vector(0)
                  ignoreNullValues: "false"
            """,
            """
            # A gauge is there as long as its pods are.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: 'sum(vllm:num_requests_waiting{namespace="ml"}) / 4'
                  ignoreNullValues: "false"
              - type: prometheus
                metadata:
                  query: 'sum(vllm:num_requests_running{namespace="ml"}) / count(vllm:num_requests_running{namespace="ml"})'
                  ignoreNullValues: "false"
            """,
        ],
        rejects: [
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata:
                  query: 'sum(vllm:num_requests_waiting{namespace="ml"})'
                  ignoreNullValues: "false"
              - type: prometheus
                metadata:
                  query: ↓sum(rate(a_seconds_sum[5m])) / sum(rate(a_seconds_count[5m]))
                  ignoreNullValues: "false"
            """,
            """
            # NaN is a value, so that `or` does not replace it.
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              fallback: {failureThreshold: 3, replicas: 4}
              triggers:
              - type: prometheus
                metadata:
                  query: ↓histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m]))) or vector(0)
                  ignoreNullValues: "false"
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            guard let trigger = use.trigger, trigger["metadata"]?["ignoreNullValues"]?.text == "false",
                let place = valueless(use.parts)
            else { continue }
            let others = tree.queries(of: use.object).count - 1
            let fallback = use.object.spec?["fallback"]?["replicas"]?.integer
            findings.add(
                "\(use.words) has no value without requests, which is an error with `ignoreNullValues: \"false\"`",
                at: use.place(place), label: "NaN without requests",
                notes: (others > 0 ? [.init("the HPA does not scale down while one of its metrics fails")] : [])
                    + (fallback.map { [.init("KEDA then asks for the \($0) replicas of its `fallback`")] } ?? []),
                help:
                    "keep only values with a comparison, as in `a / (b > 0)`, and add `or vector(0)`; or remove `ignoreNullValues`"
            )
        }
    }
}

/// The part of a query that is NaN without requests; nil if it always has a value, or may have.
private func valueless(_ parts: QueryParts) -> Range<Int>? {
    let operators = parts.binaries.map(\.content.operation)
    if operators.contains(.or), operators.contains(where: \.isComparison) { return nil }
    if let call = parts.calls.first(where: { $0.content.name == "histogram_quantile" }) {
        return QueryParts(call.content.arguments.last).calls.contains { isRate($0.content.name) } ? call.extent : nil
    }
    return parts.binaries.first { part in
        part.content.operation == .over
            && QueryParts(part.content.right).calls.contains { isRate($0.content.name) }
    }?.extent
}

/// Whether a function gives 0 for a counter that does not increase.
private func isRate(_ function: String) -> Bool { ["rate", "irate", "increase"].contains(function) }
