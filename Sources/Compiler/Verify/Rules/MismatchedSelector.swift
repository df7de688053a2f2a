extension Rule {
    static let mismatchedSelector = Rule(
        "mismatched-selector", .structure,
        why: "a workload whose selector does not match its own pods is refused",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a, tier: b}}
                spec: {}
            """
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: b}}
                spec: {}
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            guard let selector = workload.selector, !selector.matches(workload.labels), let spec = workload.object.spec
            else { continue }
            findings.add(
                "\(workload.object.words) does not select its own pods", at: spec.keyPlace("selector"),
                label: "does not match the template's labels",
                notes: workload.labelValue.map { [.init("its pods have these labels", at: $0.place)] } ?? [])
        }
    }
}
