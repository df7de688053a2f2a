import Diagnostics
import Groundwork

extension Rule {
    static let podRejectedByPodSecurity = Rule(
        "pod-rejected-by-pod-security", .security, .error,
        why:
            "the API server rejects the pods of a namespace that do not meet the Pod Security level that its label `enforce` "
            + "names, while it accepts the Deployment",
        accepts: [
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai, labels: {pod-security.kubernetes.io/enforce: restricted}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec:
              template:
                spec:
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: a
                    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
                  volumes: [{name: b, emptyDir: {}}, {name: c, image: {reference: "registry.example.com/c:1"}}]
            """,
            """
            # Root meets baseline.
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai, labels: {pod-security.kubernetes.io/enforce: baseline}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec: {template: {spec: {containers: [{name: a, securityContext: {runAsUser: 0}}]}}}
            """,
            """
            # Only warnings.
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai, labels: {pod-security.kubernetes.io/warn: restricted}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, namespace: ai}
            spec: {template: {spec: {hostNetwork: true, containers: [{name: a, securityContext: {privileged: true}}]}}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai, labels: {pod-security.kubernetes.io/enforce: restricted}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, namespace: ai}
            spec:
              template:
                spec:
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: a
                    securityContext: {allowPrivilegeEscalation: false, capabilities: ↓{drop: [NET_RAW]}}
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: gpu, labels: {pod-security.kubernetes.io/enforce: baseline}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a, namespace: gpu}
            spec:
              template:
                spec:
                  containers: [{name: a}]
                  volumes: [{name: devices, ↓hostPath: {path: /var/lib/kubelet/device-plugins}}]
            """,
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ai, labels: {pod-security.kubernetes.io/enforce: baseline}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, namespace: ai}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec: {containers: [{name: a, securityContext: {↓capabilities: {add: [IPC_LOCK]}}}]}
            """,
        ]
    ) { tree, findings in
        let label = "pod-security.kubernetes.io/enforce"
        for space in tree.objects(.namespace) {
            guard let written = space.root["metadata"]?["labels"]?[label], let text = written.text,
                let level = PodSecurityLevel(rawValue: text), level != .privileged
            else { continue }
            for workload in tree.workloads where workload.object.namespace == space.name {
                let violations = workload.podSecurityViolations.filter { $0.level <= level }
                guard let first = violations.first else { continue }
                findings.add(
                    "pods of \(workload.object.words) are rejected in namespace `\(space.name)`, which enforces `\(text)`: "
                        + first.words,
                    at: first.place, label: "not allowed by `\(text)`",
                    notes: [Diagnostic.Note("the level is set here", at: written.place)]
                        + violations.dropFirst().map { Diagnostic.Note($0.words, at: $0.place) },
                    help:
                        "set what `\(text)` requires, or give the namespace the level `\(workload.podSecurityLevel.rawValue)`"
                )
            }
        }
    }
}
