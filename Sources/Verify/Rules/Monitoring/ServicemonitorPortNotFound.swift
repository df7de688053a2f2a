import Groundwork

extension Rule {
    static let servicemonitorPortNotFound = Rule(
        "servicemonitor-port-not-found", .monitoring,
        why:
            "a ServiceMonitor endpoint refers to a port of the Service by name; if no port has that name, nothing is scraped",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              endpoints: [{port: http}, {targetPort: 9400}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              endpoints: [{port: http}, {port: metrics}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, labels: {app: a}}
            spec:
              ports: [{name: metrics, port: 9400}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              endpoints: [{port: http, path: /metrics}, {targetPort: metrics}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80, targetPort: 8000}]
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: elsewhere}
            spec:
              selector: {matchLabels: {app: b}}
              endpoints: [{port: metrics}]
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              endpoints: [{port: ↓metrics}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec:
              ports: [{name: http, port: 80}]
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: a}
            spec:
              selector: {matchLabels: {app: a}}
              endpoints: [{port: ↓api}, {port: ↓"8000"}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {app: a}}
            spec:
              ports: [{port: 8000, targetPort: api}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a}
            spec:
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: a, ports: [{name: api, containerPort: 8000}]}]}
            """,
        ]
    ) { tree, findings in
        for monitor in tree.objects(.serviceMonitor) {
            let services = tree.services(of: monitor)
            guard let service = services.first else { continue }
            for endpoint in monitor.spec?["endpoints"]?.items ?? [] {
                guard let port = endpoint["port"], !services.contains(where: { $0.portNames.contains(port.text ?? "") })
                else { continue }
                findings.add(
                    "\(monitor.words) scrapes port `\(port.text ?? "")`, which none of the Services it selects has",
                    at: port.place, label: "no such port", notes: [service.note("this Service is selected")],
                    help: meant(port, service.portNames))
            }
        }
    }
}

extension KubernetesObject {
    /// The names of a Service's ports.
    fileprivate var portNames: [String] { spec?["ports"]?.items?.compactMap { $0["name"]?.text } ?? [] }
}
