import Groundwork

extension Rule {
    static let dcgmExporterWithoutLivenessProbe = Rule(
        "dcgm-exporter-without-liveness-probe", .monitoring, .warning,
        why:
            "without a liveness probe, an exporter that hangs is not restarted, and GPU metrics are missing until an operator intervenes",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless", livenessProbe: {httpGet: {path: /health, port: 9400}}}]
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
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless
                    livenessProbe: {tcpSocket: {port: 9400}, initialDelaySeconds: 45, periodSeconds: 5}
                  - {name: proxy, image: "nginx:1.27"}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "quay.io/prometheus/node-exporter:v1.10.2"}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers: [{name: b, image: "nvcr.io/nvidia/k8s-device-plugin:v0.18.0"}]
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
                  containers: [{name: ↓a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless"}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers:
                  - name: ↓a
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless
                    readinessProbe: {httpGet: {path: /health, port: 9400}}
                  - name: proxy
                    image: nginx:1.27
                    livenessProbe: {httpGet: {path: /, port: 80}}
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads where workload.isDaemon {
            for container in workload.pod.containers
            where container.isExporter && container.value["livenessProbe"] == nil {
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) has no liveness probe",
                    at: (container.value["name"] ?? container.value).place, label: "not restarted if it hangs",
                    help: "add a liveness probe on `/health` of the metrics port")
            }
        }
    }
}
