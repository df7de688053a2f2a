import Groundwork

extension Rule {
    static let podGracePeriodTooShort = Rule(
        "pod-grace-period-too-short", .disruption, .warning,
        why:
            "the grace period includes the preStop hook; running requests have only the time that is left after it",
        accepts: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 120
                  containers: [{name: a, lifecycle: {preStop: {sleep: {seconds: 15}}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 60
                  containers:
                  - name: vllm
                    args: [--shutdown-timeout=44]
                    lifecycle: {preStop: {sleep: {seconds: 15}}}
            """,
            """
            # The sleep is in postStart.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    lifecycle:
                      postStart: {exec: {command: [sh, -c, sleep 60]}}
                      preStop: {httpGet: {path: /drain, port: 8000}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    lifecycle: {preStop: {exec: {command: [/bin/sleep, "29"]}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: 150
                  containers: [{name: a, lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 1m; sync; sleep 1m"]}}}}]
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, lifecycle: {preStop: {exec: {command: [sh, -c, ↓sleep 60]}}}}]
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓60
                  containers: [{name: vllm, args: [--shutdown-timeout=60], lifecycle: {preStop: {sleep: {seconds: 15}}}}]
            """,
            """
            # Of 30 s nothing is left.
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - ↓name: a
                    lifecycle: {preStop: {sleep: {seconds: 30}}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓90
                  containers:
                  - {name: a, lifecycle: {preStop: {exec: {command: [sh, -c, sleep 2m]}}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  terminationGracePeriodSeconds: ↓90
                  containers:
                  - {name: a, lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 60; sync; sleep 60"]}}}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            let grace = workload.pod.spec["terminationGracePeriodSeconds"]
            let seconds = grace?.number ?? Thresholds.defaultGrace.value
            for container in workload.pod.containers where container.stopSeconds > 0 {
                let finish = container.option("--shutdown-timeout").flatMap { Double($0.text) } ?? 0
                guard container.stopSeconds + finish >= seconds else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) takes "
                        + "\(wholeNumber(container.stopSeconds + finish)) s to stop, but the grace period of its pod "
                        + "is \(wholeNumber(seconds)) s",
                    at: grace?.place ?? container.hook("preStop")?.value.place ?? container.value.place,
                    label: grace == nil
                        ? "the default grace period is \(Thresholds.defaultGrace.text) s"
                        : "killed before it has stopped")
            }
        }
    }
}
