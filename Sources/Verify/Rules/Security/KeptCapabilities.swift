import Groundwork

extension Rule {
    static let keptCapabilities = Rule(
        "kept-capabilities", .security, .warning,
        why: "a container that adds a capability and drops none keeps the whole default set beside it",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, securityContext: {capabilities: {add: [SYS_ADMIN], drop: [ALL]}}}]
            """
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
            """
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                guard let set = container.value["securityContext"]?["capabilities"], let added = set["add"]?.texts,
                    !added.isEmpty,
                    !(set["drop"]?.texts ?? []).contains(where: { $0.uppercased() == "ALL" })
                else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) adds \(added.map { "`\($0)`" }.joined(separator: ", ")) and drops nothing",
                    at: set.keyPlace("add"), label: "beside all default capabilities",
                    help: "`drop: [ALL]` leaves only what is added")
            }
        }
    }
}
