import Diagnostics
import Groundwork

extension Rule {
    static let workloadSelectorMismatch = Rule(
        "workload-selector-mismatch", .structure,
        why: "the API server rejects a workload whose selector does not match its own pods",
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
            """,
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              selector:
                matchExpressions:
                - {key: app, operator: In, values: [a, b]}
                - {key: canary, operator: DoesNotExist}
                - {key: track, operator: NotIn, values: [canary]}
              template:
                metadata: {labels: {app: b}}
                spec: {}
            """,
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: a, labels: {app: a}}
            spec:
              template:
                metadata: {labels: {job: a}}
                spec: {}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, labels: {app: b}}
            spec:
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
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
            --- # kustomization.yaml
            resources: [example.yaml]
            labels:
            - {pairs: {team: ai}, includeSelectors: true}
            - {pairs: {stage: dev}, includeTemplates: true}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: ↓a}}
              template:
                metadata: {labels: {app: b}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchExpressions: [{key: ↓tier, operator: Exists}]}
              template:
                metadata: {labels: {app: b}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: ↓a}}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            --- # kustomization.yaml
            resources: [example.yaml]
            patches:
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: a}
                spec: {template: {metadata: {labels: {app: b}}}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, labels: {app: a}}
            spec:
              selector: {matchLabels: {app: ↓a}}
              template:
                spec: {}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: a}
            spec:
              selector: {matchExpressions: [{key: ↓app, operator: NotIn, values: [a]}]}
              template:
                metadata: {labels: {app: a}}
                spec: {}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec: {selector: ↓{}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a}]}}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            if let written = workload.object.spec?["selector"], let selector = workload.selector, selector.isEmpty,
                written.kind == .mapping
            {
                findings.add(
                    "\(workload.object.words) has an empty selector", at: written.place,
                    label: "must select the labels of its own pods",
                    help: "set `matchLabels` to labels of the pod template")
                continue
            }
            guard let selector = workload.selector, !selector.matches(workload.labels),
                let unmet = workload.unmetDemand
            else { continue }
            let label = workload.labelValue?[unmet.key]
            let note: Diagnostic.Note? =
                if let label {
                    .init("its pods have `\(unmet.key): \(label.text ?? "")`", at: label.place)
                } else {
                    workload.labelValue.map {
                        .init("its pods have these labels, but not `\(unmet.key)`", at: $0.place)
                    }
                }
            findings.add(
                "\(workload.object.words) does not select its own pods", at: unmet.place,
                label: label == nil ? "its pods do not have this label" : "its pods have another value",
                notes: note.map { [$0] } ?? [])
        }
    }
}

extension Inventory.Workload {
    /// The first requirement of its selector that its own pods do not meet.
    fileprivate var unmetDemand: (key: String, place: SourceRange)? {
        let selector = object.spec?["selector"]
        for entry in selector?["matchLabels"]?.entries ?? [] where labels[entry.key] != entry.value.text ?? "" {
            return (entry.key, entry.value.place)
        }
        for demand in selector?["matchExpressions"]?.items ?? [] {
            guard let requirement = LabelRequirement(demand), !requirement.accepts(labels[requirement.key]),
                let key = demand["key"]
            else { continue }
            return (requirement.key, key.place)
        }
        return nil
    }
}
