extension Rule {
    static let workloadSelectorsOverlap = Rule(
        "workload-selectors-overlap", .structure,
        why: "workloads that select each other's pods count them as their own, scale by them and may delete them",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: base}
            spec:
              selector: {matchLabels: {app: a, role: base}}
              template:
                metadata: {labels: {app: a, role: base}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: surge}
            spec:
              selector: {matchLabels: {app: a, role: surge}}
              template:
                metadata: {labels: {app: a, role: surge}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: load}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: debug, labels: {app: a-debug}}
            spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}, matchExpressions: [{key: canary, operator: DoesNotExist}]}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a-canary}
            spec:
              selector: {matchLabels: {app: a, canary: "true"}}
              template:
                metadata: {labels: {app: a, canary: "true"}}
                spec: {}
            """,
            """
            # A namespace that Terraform fills in may differ in each folder.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            --- # web/a.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: "${namespace}"}
            spec: {selector: {matchLabels: {app: proxy}}, template: {metadata: {labels: {app: proxy}}, spec: {}}}
            --- # api/a.yaml
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, namespace: "${namespace}"}
            spec: {selector: {matchLabels: {app: proxy}}, template: {metadata: {labels: {app: proxy}}, spec: {}}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: base}
            spec:
              ↓selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: surge}
            spec:
              selector: {matchLabels: {app: a, role: surge}}
              template:
                metadata: {labels: {app: a, role: surge}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              ↓selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              ↓selector: {matchExpressions: [{key: app, operator: In, values: [a, b]}]}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: b}
            spec:
              selector: {matchLabels: {app: b}}
              template:
                metadata: {labels: {app: b}}
                spec: {}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            guard let selector = workload.selector, let spec = workload.object.spec,
                let other = tree.workload(
                    matching: selector, in: workload.object.namespace,
                    where: {
                        $0.selector != nil && !$0.object.isCreated && $0.object.reference != workload.object.reference
                            && tree.areTogether($0.object, workload.object)
                    })
            else { continue }
            findings.add(
                "\(workload.object.words) also selects the pods of \(other.object.words)",
                at: spec.keyPlace("selector"),
                label: "matches the pods of both", notes: [other.object.note("the other workload is here")],
                help: "select by a label that only its own pods have",
                isCertain: tree.areApplied(together: other.object, workload.object))
        }
    }
}
