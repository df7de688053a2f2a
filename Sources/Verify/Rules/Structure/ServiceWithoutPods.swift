import Groundwork

extension Rule {
    static let serviceWithoutPods = Rule(
        "service-without-pods", .structure, elsewhere: .onEvidence,
        why: "a Service whose selector matches no pod has no endpoints: every request to it fails",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {selector: {app: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a, role: base}}
                spec: {containers: []}
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: elsewhere}
            spec: {type: ExternalName}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            spec: {↓selector: {app: a}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {containers: []}
            """
        ]
    ) { tree, findings in
        for service in tree.objects(.service) {
            guard let labels = service.spec?["selector"] else { continue }
            let selector = LabelSelector(labels: labels)
            if selector.isEmpty || tree.workload(matching: selector, in: service.namespace) != nil { continue }
            findings.add(
                "\(service.words) selects no pod of namespace `\(service.namespace)`",
                at: service.spec?.keyPlace("selector") ?? labels.place, label: "no workload's pods have these labels",
                notes: tree.nearest(to: selector, namespace: service.namespace),
                evidence: tree.nearlyMatches(selector, in: service.namespace))
        }
    }
}
