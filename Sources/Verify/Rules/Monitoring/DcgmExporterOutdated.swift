import Groundwork

extension Rule {
    static let dcgmExporterOutdated = Rule(
        "dcgm-exporter-outdated", .monitoring, .warning,
        why:
            "before \(Component.dcgmExporter.since(.reservedMemory).text), the DCGM exporter does not report reserved memory, so used plus free memory is less than the total",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless"}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.3.0-4.4.0-ubuntu22.04"}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/k8s/dcgm-exporter:latest"}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "nvcr.io/nvidia/cloud-native/dcgm:3.3.5-1-ubuntu22.04"}]
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: c}
            spec:
              template:
                spec:
                  containers: [{name: a, image: "registry.example.com:3000/dcgm-exporter"}]
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
                  containers: [{name: a, image: ↓"nvcr.io/nvidia/k8s/dcgm-exporter:3.3.5-3.4.0-ubuntu22.04"}]
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: a}
            spec:
              template:
                spec:
                  containers: [{name: a, image: ↓"nvidia/dcgm-exporter:2.4.6-2.6.10-ubuntu20.04"}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: b}
            spec:
              template:
                spec:
                  containers:
                  - {name: a, image: ↓"registry.example.com:5000/dcgm-exporter:4.2.3-4.1.3"}
                  - name: dcgm-exporter
                    image: ↓"registry.example.com/metrics:4.2.3-4.1.3@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            """,
        ]
    ) { tree, findings in
        for workload in tree.workloads {
            for container in workload.pod.containers where container.isExporter {
                guard let image = container.value["image"],
                    let tag = image.text?.prefix(while: { $0 != "@" }).split(separator: ":").last,
                    let version = Version(String(tag.prefix { $0 != "-" })),
                    !Component.dcgmExporter.offers(.reservedMemory, at: version)
                else { continue }
                findings.add(
                    "container `\(container.name)` of \(workload.object.words) runs DCGM exporter \(tag.prefix { $0 != "-" })",
                    at: image.place,
                    label: "older than \(Component.dcgmExporter.since(.reservedMemory).text)",
                    help: "upgrade the image, for example to `\(Catalog.image(.dcgmExporter).tag)`")
            }
        }
    }
}
