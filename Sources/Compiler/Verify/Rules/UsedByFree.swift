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
            use.forEach { query, _ in
                guard case .binary(let binary) = query.content, binary.operation == "/",
                    let used = binary.left.selectors.first, let free = binary.right.selectors.first,
                    binary.left.selectors.count == 1, binary.right.selectors.count == 1,
                    used.selector.name == "DCGM_FI_DEV_FB_USED", free.selector.name == "DCGM_FI_DEV_FB_FREE"
                else { return }
                findings.add(
                    "\(use.words) divides used memory by free memory",
                    at: use.place(binary.left.extent.lowerBound..<query.extent.upperBound), label: "has no upper bound",
                    help: "divide by used + free + reserved")
            }
        }
    }
}
