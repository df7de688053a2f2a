import Groundwork

extension Rule {
    static let dcgmMetricOfAnotherRelease = Rule(
        "dcgm-metric-of-another-release", .monitoring, .warning,
        why:
            "DCGM exporter 4.9 renamed its fields and changed the units of eleven, and 4.8.3 renamed the label `Hostname`; the "
            + "names of another release give no result",
        accepts: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: max by (Hostname) (DCGM_FI_DEV_GPU_TEMP) > 85}]}]}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.9.0-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: max by (hostname) (DCGM_FI_DEV_GPU_TEMP_CELSIUS) > 85}]}]}
            """,
            """
            # Grouped by both labels, it holds for every release.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.6.0-4.8.3-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules: [{alert: A, expr: "max by (UUID, gpu, Hostname, hostname) (DCGM_FI_DEV_GPU_TEMP) > 85"}]
            """,
            """
            # The release that runs is not in the tree.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: max by (Hostname) (DCGM_FI_DEV_XID_ERRORS) > 0}]}]}
            """,
        ],
        rejects: [
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.9.0-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: ↓DCGM_FI_DEV_GPU_TEMP > 85}]}]}
            """,
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: ↓DCGM_FI_DEV_FB_USED_BYTES > 20e9}
                - {alert: B, expr: 'DCGM_FI_DEV_GPU_UTIL{↓hostname="a"} > 90'}
            """,
            """
            # From 4.8.3 on the label begins with a small letter.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec: {containers: [{name: exporter, image: "nvcr.io/nvidia/k8s/dcgm-exporter:4.6.0-4.8.3-distroless"}]}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: avg by (↓Hostname) (DCGM_FI_DEV_GPU_UTIL) > 90}]}]}
            """,
        ]
    ) { tree, findings in
        let exporters = tree.workloads.flatMap { workload in
            workload.pod.containers.compactMap { container -> (object: KubernetesObject, version: Version)? in
                guard container.isExporter, let image = container.value["image"]?.text else { return nil }
                return exporterVersion(image).map { (workload.object, $0) }
            }
        }
        guard let (exporter, version) = exporters.first, exporters.allSatisfy({ $0.version == version }) else { return }
        let isNew = Component.dcgmExporter.offers(.renamedFields, at: version)
        let note = exporter.note("it runs DCGM exporter \(version.text)")
        for use in tree.metricUses where use.name.hasPrefix("DCGM_FI_") {
            let renamed = ExporterField.renamed.first { (isNew ? $0.former : $0.name) == use.name }
            guard let renamed else { continue }
            let other = isNew ? renamed.name : renamed.former
            findings.add(
                "\(use.words) uses `\(use.name)`, a name that DCGM exporter \(version.text) does not have",
                at: use.place,
                label: isNew ? "renamed in 4.9" : "the name from 4.9 on", notes: [note],
                help: "use `\(other)`\(renamed.hasOtherUnit ? ", which has another unit" : "")")
        }
        let (right, wrong) = version >= Version(4, 8, 3) ? ("hostname", "Hostname") : ("Hostname", "hostname")
        for use in tree.queries {
            let selectors = use.parts.selectors.map(\.content).filter { $0.metric?.source == .dcgmExporter }
            guard !selectors.isEmpty else { continue }
            let labels =
                selectors.flatMap(\.matchers).map { ($0.label, $0.extent) }
                // Grouped by both labels, a query holds for every release.
                + use.parts.aggregations.map { $0.content.kept ?? [] }
                .filter { kept in !["Hostname", "hostname"].allSatisfy { label in kept.contains { $0.name == label } } }
                .joined().map { ($0.name, $0.extent) }
            for (_, extent) in labels where labels.contains(where: { $0.0 == wrong && $0.1 == extent }) {
                findings.add(
                    "\(use.words) uses the label `\(wrong)`, which DCGM exporter \(version.text) does not have",
                    at: use.place(extent), label: "no series has it", notes: [note], help: "use `\(right)`")
            }
        }
    }
}
