import Groundwork

extension Rule {
    static let containerCapabilitiesNotDropped = Rule(
        "container-capabilities-not-dropped", .security, .warning,
        why: "a container that adds a capability but drops none also keeps the whole default set",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, securityContext: {capabilities: {add: [SYS_ADMIN], drop: [ALL]}}}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [all]}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    securityContext: {capabilities: {drop: [NET_RAW]}}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: a
                    securityContext: {capabilities: {add: []}}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, securityContext: {capabilities: {↓add: [SYS_ADMIN]}}}]
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
                    securityContext: {capabilities: {↓add: [IPC_LOCK, SYS_PTRACE], drop: [NET_RAW]}}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              initContainers: [{name: a, securityContext: {privileged: false, capabilities: {↓add: [NET_ADMIN]}}}]
              containers: [{name: b, securityContext: {capabilities: {add: [SYS_ADMIN], drop: [ALL]}}}]
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                guard let set = container.value["securityContext"]?["capabilities"], let added = set["add"]?.texts,
                    !added.isEmpty,
                    !(set["drop"]?.texts ?? []).contains(where: { $0.uppercased() == "ALL" })
                else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) adds "
                        + "\(added.map { "`\($0)`" }.joined(separator: ", ")) but drops nothing",
                    at: set.keyPlace("add"), label: "added to all default capabilities",
                    help: "set `drop: [ALL]` to keep only the added capabilities")
            }
        }
    }
}
