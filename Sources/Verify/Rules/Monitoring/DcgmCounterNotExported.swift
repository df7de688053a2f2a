import Groundwork

extension Rule {
    static let dcgmCounterNotExported = Rule(
        "dcgm-counter-not-exported", .monitoring, .warning, inPartialTree: .warnOnEvidence,
        why:
            "the DCGM exporter exports only the fields of its counters file; a field that the default file does not have gives "
            + "no result",
        accepts: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: DCGM_FI_DEV_GPU_TEMP > 85}
                - {alert: B, expr: DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE) > 0.95}
            """,
            """
            # The counters of the exporter are in the tree.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: counters}
            data: {counters.csv: "DCGM_FI_DEV_FB_TOTAL, gauge, Total memory of the frame buffer in MiB."}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.9}]}]}
            """,
            """
            # An own file of counters, which is not in the tree, may have it.
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: exporter}
            spec:
              template:
                spec:
                  containers:
                  - name: exporter
                    image: nvcr.io/nvidia/k8s/dcgm-exporter:4.5.3-4.8.2-distroless
                    args: [-f, /etc/dcgm-exporter/custom.csv]
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: "rate(DCGM_FI_DEV_POWER_VIOLATION[5m]) > 0"}]}]}
            """,
        ],
        rejects: [
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec: {groups: [{name: a, rules: [{alert: A, expr: DCGM_FI_DEV_FB_USED / ↓DCGM_FI_DEV_FB_TOTAL > 0.9}]}]}
            """,
            """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: a}
            spec:
              groups:
              - name: a
                rules:
                - {alert: A, expr: "rate(↓DCGM_FI_DEV_THERMAL_VIOLATION[5m]) > 0"}
                - {alert: B, expr: ↓DCGM_FI_PROF_SM_ACTIVE < 0.1}
            """,
            """
            # The counters that the tree has do not have it.
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: counters}
            data: {counters.csv: "DCGM_FI_DEV_GPU_UTIL, gauge, GPU utilization in percent."}
            ---
            apiVersion: keda.sh/v1alpha1
            kind: ScaledObject
            metadata: {name: a}
            spec:
              scaleTargetRef: {name: a}
              triggers:
              - type: prometheus
                metadata: {query: avg(↓DCGM_FI_DEV_FB_USED_PERCENT), threshold: "80"}
            """,
        ]
    ) { tree, findings in
        guard tree.metricUses.contains(where: { $0.name.hasPrefix("DCGM_FI_") && !defaultCounters.contains($0.name) })
        else {
            return
        }
        let exporters = tree.workloads.filter { $0.pod.containers.contains(where: \.isExporter) }
        if exporters.contains(where: { $0.pod.containers.contains(where: \.hasOwnCounters) }) { return }
        let lists = tree.objects(.configMap).flatMap { $0.root["data"]?.entries ?? [] }.compactMap { entry in
            entry.value.text.flatMap { $0.mentions("DCGM_FI_") && !$0.mentions("\"expr\"") ? $0 : nil }
        }
        let isThere =
            !exporters.isEmpty
            || tree.objects.contains { $0.name.mentions("dcgm-exporter") || $0.kind.name == "ClusterPolicy" }
        var seen: Set<String> = []
        for use in tree.metricUses where use.name.hasPrefix("DCGM_FI_") && !defaultCounters.contains(use.name) {
            guard seen.insert("\(use.name) \(use.words)").inserted, Metric.near(use.name) == nil,
                !ExporterField.isNew(use.name),
                !lists.contains(where: { $0.contains(use.name) })
            else { continue }
            findings.add(
                "\(use.words) uses `\(use.name)`, which the DCGM exporter does not export by default", at: use.place,
                label: "not among the default counters",
                help: use.name == "DCGM_FI_DEV_FB_TOTAL"
                    ? "add used, free and reserved memory, or add the field to the counters of the exporter"
                    : "add the field to the counters of the exporter",
                evidence: isThere)
        }
    }
}

/// The fields of the exporter's own counters file.
private let defaultCounters: Set = Set(
    [
        "SM_CLOCK", "MEM_CLOCK", "MEMORY_TEMP", "GPU_TEMP", "POWER_USAGE", "TOTAL_ENERGY_CONSUMPTION",
        "PCIE_REPLAY_COUNTER", "GPU_UTIL", "MEM_COPY_UTIL", "ENC_UTIL", "DEC_UTIL", "XID_ERRORS", "FB_FREE", "FB_USED",
        "FB_RESERVED", "UNCORRECTABLE_REMAPPED_ROWS", "CORRECTABLE_REMAPPED_ROWS", "ROW_REMAP_FAILURE",
        "NVLINK_BANDWIDTH_TOTAL", "VGPU_LICENSE_STATUS",
    ].map { "DCGM_FI_DEV_\($0)" }
        + ["GR_ENGINE_ACTIVE", "PIPE_TENSOR_ACTIVE", "DRAM_ACTIVE", "PCIE_TX_BYTES", "PCIE_RX_BYTES"].map {
            "DCGM_FI_PROF_\($0)"
        } + ["DCGM_FI_DRIVER_VERSION", "DCGM_FI_NVML_VERSION", "DCGM_FI_DEV_BRAND", "DCGM_FI_DEV_SERIAL"])

extension Inventory.Container {
    /// Whether an exporter reads another file of counters than its own.
    fileprivate var hasOwnCounters: Bool {
        guard isExporter else { return false }
        return option("-f", "--collectors") != nil || variable("DCGM_EXPORTER_COLLECTORS") != nil
            || variable("DCGM_EXPORTER_CONFIGMAP_DATA") != nil
    }
}
