import Groundwork

extension Rule {
    static let dcgmUsedOverFree = Rule(
        "dcgm-used-over-free", .monitoring,
        why:
            "used memory divided by free memory is not a fraction of the total: at a ratio of 0.9, 47% of the memory is used",
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
                  expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_RESERVED) > 0.98
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
                  expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 0.98
                - alert: B
                  expr: DCGM_FI_DEV_FB_FREE / (DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_USED) < 0.02
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
                  expr: DCGM_FI_DEV_FB_USED - DCGM_FI_DEV_FB_FREE > 0
                - alert: B
                  expr: sum(DCGM_FI_DEV_FB_USED) / sum(DCGM_FI_DEV_FB_FREE + DCGM_FI_DEV_FB_USED) > 0.9
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
                  expr: (↓DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_FREE) > 0.9
            """,
            """
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metricType: Value
                metadata:
                  query: ↓avg(DCGM_FI_DEV_FB_USED) / avg(DCGM_FI_DEV_FB_FREE)
                  threshold: "0.8"
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - alert: A
                  expr: ↓100 * sum by (pod) (DCGM_FI_DEV_FB_USED{pod!=""}) / sum by (pod) (DCGM_FI_DEV_FB_FREE) > 90
                - record: gpu:memory:ratio
                  expr: ↓DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_FREE
            """,
        ]
    ) { tree, findings in
        for use in tree.queries {
            for part in use.parts.binaries where part.content.operation == .over {
                let (used, free) = (part.content.left, part.content.right)
                guard used.selectors.map(\.content.name) == [MetricName.framebufferUsed.rawValue],
                    free.selectors.map(\.content.name) == [MetricName.framebufferFree.rawValue]
                else { continue }
                findings.add(
                    "\(use.words) divides used memory by free memory",
                    at: use.place(used.extent.lowerBound..<part.extent.upperBound), label: "has no upper bound",
                    help: "divide by the total: used + free + reserved")
            }
        }
    }
}
