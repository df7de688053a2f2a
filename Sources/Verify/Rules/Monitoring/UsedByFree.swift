import Groundwork

extension Rule {
    static let usedByFree = Rule(
        "used-by-free", .monitoring,
        why: "used over free is no share of all: 0.9 of it is 47 % of the memory",
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
            """
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
            """
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
                    help: "divide by used + free + reserved")
            }
        }
    }
}
