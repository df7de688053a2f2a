import Groundwork

extension Rule {
    static let serviceSelectsNoPods = Rule(
        "service-selects-no-pods", .structure, inPartialTree: .warnOnEvidence,
        why: "a Service that selects no pods has no endpoints, so every request to it fails",
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
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: ai}
            spec: {clusterIP: None, selector: {app: a}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a, namespace: ai}
            spec:
              replicas: 0
              template:
                metadata: {labels: {app: a}}
                spec: {containers: []}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: license-server, namespace: ai}
            spec: {ports: [{port: 7070}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: license-server, namespace: ai, labels: {kubernetes.io/service-name: license-server}}
            """,
            """
            # The controllers of StatefulSets and of other kinds set these labels.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            ---
            apiVersion: leaderworkerset.x-k8s.io/v1
            kind: LeaderWorkerSet
            metadata: {name: b}
            spec:
              leaderWorkerTemplate:
                leaderTemplate: {metadata: {labels: {role: leader}}, spec: {containers: [{name: a}]}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a-0}
            spec: {selector: {statefulset.kubernetes.io/pod-name: a-0}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b}
            spec: {selector: {leaderworkerset.sigs.k8s.io/name: b, role: leader}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: c}
            spec: {selector: {role: leader}, ports: [{port: 80}]}
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
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec: {↓selector: {app: a, role: leader}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: a, labels: {app: a, role: leader}}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {containers: []}
            """,
        ]
    ) { tree, findings in
        for service in tree.objects(.service) {
            guard let labels = service.spec?["selector"] else { continue }
            let selector = LabelSelector(labels: labels)
            if selector.isEmpty || tree.mayHavePods(matching: selector, in: service.namespace) { continue }
            findings.add(
                "\(service.words) selects no pods in namespace `\(service.namespace)`",
                at: service.spec?.keyPlace("selector") ?? labels.place, label: "no workload has pods with these labels",
                notes: tree.nearest(to: selector, namespace: service.namespace),
                evidence: tree.nearlyMatches(selector, in: service.namespace))
        }
    }
}
