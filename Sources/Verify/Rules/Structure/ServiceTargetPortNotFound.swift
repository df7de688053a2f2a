import Groundwork

extension Rule {
    static let serviceTargetPortNotFound = Rule(
        "service-target-port-not-found", .structure, inPartialTree: .warnOnEvidence,
        why: "connections to a Service are refused if no container of its pods has the target port",
        accepts: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports: [{port: 80, targetPort: http}, {port: 8000}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - name: a
                    ports: [{name: http, containerPort: 8000}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports: [{port: 80, targetPort: 8000}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, args: [--port=8000]}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports: [{name: http, port: 80, targetPort: http}, {name: metrics, port: 9090, targetPort: metrics}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a, role: server}}
                spec:
                  initContainers: [{name: proxy, restartPolicy: Always, ports: [{name: http, containerPort: 8080}]}]
                  containers: [{name: a, ports: [{containerPort: 8000}]}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                metadata: {labels: {app: a, role: exporter}}
                spec:
                  containers: [{name: a, ports: [{name: metrics, containerPort: 9400}]}]
            """,
        ],
        rejects: [
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports: [{port: 80, targetPort: ↓https}, {port: ↓9000}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers:
                  - name: a
                    ports: [{name: http, containerPort: 8000}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a}
            spec:
              selector: {app: a}
              ports: [{name: http, port: 80, targetPort: ↓"8000"}, {name: grpc, port: 9000, targetPort: ↓grpc}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec:
                  containers: [{name: a, ports: [{containerPort: 8000}, {containerPort: 9000}]}]
            """,
        ]
    ) { tree, findings in
        for service in tree.objects(.service) {
            guard let labels = service.spec?["selector"], let ports = service.spec?["ports"]?.items else { continue }
            let selector = LabelSelector(labels: labels)
            guard !selector.isEmpty, let workload = tree.workload(matching: selector, in: service.namespace) else {
                continue
            }
            for port in ports {
                // Containers need not declare ports: a number is wrong only if other ports are declared.
                guard let target = port["targetPort"] ?? port["port"],
                    tree.workload(matching: selector, in: service.namespace, where: { $0.mayOpen(target) }) == nil
                else { continue }
                findings.add(
                    "\(service.words) targets port `\(target.text ?? "")`, which no container of its pods has",
                    at: target.place, label: "no such container port",
                    notes: [workload.object.note("it selects the pods of this \(workload.object.kind.name)")],
                    help: target.integer == nil
                        ? meant(target, workload.pod.containers.flatMap { $0.ports.compactMap(\.name) }) : nil,
                    evidence: target.integer == nil)
            }
        }
    }
}

extension Inventory.Workload {
    /// Whether a container has the port, or may have it undeclared.
    fileprivate func mayOpen(_ port: ManifestValue) -> Bool {
        pod.containers.contains { $0.has(port) }
            || (port.integer != nil && pod.containers.allSatisfy { $0.ports.isEmpty })
    }
}
