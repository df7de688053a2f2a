import Groundwork

extension Rule {
    static let probePortNotFound = Rule(
        "probe-port-not-found", .structure,
        why:
            "a probe of a port that its container does not have fails, so the container is restarted or is never ready",
        accepts: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                ports: [{name: http, containerPort: 8000}]
                readinessProbe: {httpGet: {port: http}}
                livenessProbe: {tcpSocket: {port: 8001}}
                lifecycle:
                  preStop: {sleep: {seconds: 5}}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              initContainers:
              - name: proxy
                restartPolicy: Always
                ports: [{name: proxy, containerPort: 9000}]
                startupProbe: {tcpSocket: {port: proxy}}
              containers:
              - name: a
                livenessProbe: {grpc: {port: 9000, service: health}}
                readinessProbe: {exec: {command: [ready]}}
            """,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                ports: [{name: http, containerPort: 8000}, {containerPort: 8080}]
                readinessProbe: {httpGet: {path: /health, port: 8000}}
                livenessProbe: {httpGet: {path: /health, port: 8081}}
                lifecycle: {preStop: {httpGet: {path: /drain, port: http}}}
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - name: a
                ports: [{name: http, containerPort: 8000}]
                startupProbe: {httpGet: {port: ↓metrics}}
                lifecycle:
                  preStop: {httpGet: {port: ↓htpt}}
            """,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: proxy
                    ports: [{name: http, containerPort: 8000}]
                  - name: a
                    readinessProbe: {httpGet: {path: /health, port: ↓http}}
                    livenessProbe: {tcpSocket: {port: ↓"8000"}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers {
                for (user, port) in container.namedPorts where !container.has(port) {
                    findings.add(
                        "the \(user) of container `\(container.name)` of \(workload.object.words) uses port "
                            + "`\(port.text ?? "")`, which the container does not have",
                        at: port.place, label: "the container has no such port",
                        help: meant(port, container.ports.compactMap(\.name)))
                }
            }
        }
    }
}

extension Inventory.Container {
    /// The ports that probes and hooks use by name.
    fileprivate var namedPorts: [(user: String, port: ManifestValue)] {
        let users =
            ["startupProbe", "readinessProbe", "livenessProbe"].map { ($0, value[$0]) }
            + ["postStart", "preStop"].map { ($0, value["lifecycle"]?[$0]) }
        return users.compactMap { user, asks in
            guard let port = (asks?["httpGet"] ?? asks?["tcpSocket"])?["port"], port.integer == nil else { return nil }
            return (user, port)
        }
    }
}
