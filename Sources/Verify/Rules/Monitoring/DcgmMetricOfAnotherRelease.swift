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
        let isNew = version >= Version(4, 9)
        let note = exporter.note("it runs DCGM exporter \(version.text)")
        for use in tree.metricUses where use.name.hasPrefix("DCGM_FI_") {
            let renamed = renamedFields.first {
                isNew ? "DCGM_FI_\($0.old)" == use.name : "DCGM_FI_\($0.new)" == use.name
            }
            guard let renamed else { continue }
            let other = "DCGM_FI_\(isNew ? renamed.new : renamed.old)"
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
                + use.parts.aggregations.flatMap { $0.content.kept ?? [] }.map { ($0.name, $0.extent) }
            for (_, extent) in labels where labels.contains(where: { $0.0 == wrong && $0.1 == extent }) {
                findings.add(
                    "\(use.words) uses the label `\(wrong)`, which DCGM exporter \(version.text) does not have",
                    at: use.place(extent), label: "no series has it", notes: [note], help: "use `\(right)`")
            }
        }
    }
}

/// The release in the tag of an exporter's image: `DCGM-exporter-flavor`, and from 4.9 on the exporter alone.
private func exporterVersion(_ image: String) -> Version? {
    guard let tag = image.prefix(while: { $0 != "@" }).split(separator: ":").last else { return nil }
    let versions = tag.split(separator: "-").prefix(2).compactMap { Version(String($0)) }
    guard let last = versions.last else { return nil }
    // A tag with the version of DCGM alone says nothing of the exporter.
    return versions.count == 2 || last >= Version(4, 9) ? last : nil
}

/// The fields that 4.9 renamed, without `DCGM_FI_`, and whether their unit changed.
private let renamedFields: [(old: String, new: String, hasOtherUnit: Bool)] = [
    ("DEV_SM_CLOCK", "DEV_SM_CLOCK_HERTZ", true), ("DEV_MEM_CLOCK", "DEV_MEMORY_CLOCK_HERTZ", true),
    ("DEV_GPU_UTIL", "DEV_GPU_UTIL_RATIO", true), ("DEV_MEM_COPY_UTIL", "DEV_MEMORY_UTIL_RATIO", true),
    ("DEV_ENC_UTIL", "DEV_ENC_UTIL_RATIO", true), ("DEV_DEC_UTIL", "DEV_DEC_UTIL_RATIO", true),
    ("DEV_FB_FREE", "DEV_FB_FREE_BYTES", true), ("DEV_FB_USED", "DEV_FB_USED_BYTES", true),
    ("DEV_FB_RESERVED", "DEV_FB_RESERVED_BYTES", true),
    ("DEV_TOTAL_ENERGY_CONSUMPTION", "DEV_GPU_ENERGY_JOULES_TOTAL", true),
    ("DEV_GPU_TEMP", "DEV_GPU_TEMP_CELSIUS", false), ("DEV_MEMORY_TEMP", "DEV_MEMORY_TEMP_CELSIUS", false),
    ("DEV_POWER_USAGE", "DEV_BOARD_POWER_WATTS", false), ("DEV_XID_ERRORS", "DEV_XID_ERROR", false),
    ("DEV_PCIE_REPLAY_COUNTER", "DEV_PCIE_REPLAY_TOTAL", false),
    ("DEV_UNCORRECTABLE_REMAPPED_ROWS", "DEV_ROW_REMAP_UNCORRECTABLE_TOTAL", false),
    ("DEV_CORRECTABLE_REMAPPED_ROWS", "DEV_ROW_REMAP_CORRECTABLE_TOTAL", false),
    ("DEV_ROW_REMAP_FAILURE", "DEV_ROW_REMAP_FAILED", false),
    ("PROF_GR_ENGINE_ACTIVE", "PROF_GR_ENGINE_UTIL_RATIO", false), ("PROF_SM_ACTIVE", "PROF_SM_UTIL_RATIO", false),
    ("PROF_SM_OCCUPANCY", "PROF_SM_OCCUPANCY_RATIO", false),
    ("PROF_PIPE_TENSOR_ACTIVE", "PROF_TENSOR_UTIL_RATIO", false), ("PROF_DRAM_ACTIVE", "PROF_DRAM_UTIL_RATIO", false),
]

/// Tells whether a name is one that a field has from 4.9 on.
func isFieldOfNewExporter(_ name: String) -> Bool {
    renamedFields.contains { "DCGM_FI_\($0.new)" == name } || name == "DCGM_FI_DEV_FB_CAPACITY_BYTES"
}
