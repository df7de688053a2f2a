import Diagnostics
import Foundation
import Testing

@testable import Verify

/// Where the article lies from which the reference cluster comes; nil where it is not at hand.
let article: URL? = ProcessInfo.processInfo.environment["STOWAGE_SEED"].map {
    URL(filePath: $0).appending(path: "gpu-resource-management.md")
}

@Suite("The manifests of the article")
struct SeedTests {
    /// What is wrong in the article's blocks, by its lines, in a tree that need not be all there is.
    static let faults: [(line: Int, codes: [String])] = [
        (231, ["nodepool-mixed-capacity-types"]), (234, ["nodepool-too-few-spot-types"]),
        (251, ["nodepool-limits-inconsistent"]),
        (253, ["nodepool-default-expiry"]), (255, ["nodepool-consolidation-too-early"]),
        (271, ["ec2nodeclass-ami-not-pinned"]), (281, ["ec2nodeclass-root-volume-unused"]),
        (291, ["ec2nodeclass-redundant-user-data"]), (294, ["ec2nodeclass-redundant-user-data"]),
        (297, ["ec2nodeclass-redundant-user-data"]),
        (345, ["node-selector-unknown-label"]), (346, ["daemonset-taint-not-tolerated"]),
        (351, ["dcgm-exporter-without-resources", "dcgm-exporter-without-liveness-probe"]),
        (352, ["dcgm-exporter-outdated"]), (371, ["container-capabilities-not-dropped"]),
        (401, ["servicemonitor-selects-no-service"]), (406, ["dcgm-exporter-scraped-too-often"]),
        (429, ["keda-activation-unused"]), (432, ["keda-fallback-unreachable"]),
        (434, ["keda-fallback-scales-down"]),
        (444, ["hpa-default-behavior"]), (458, ["keda-trigger-field-ignored"]),
        (460, ["autoscaler-average-of-average", "dcgm-exporter-own-label", "query-without-namespace"]),
        (462, ["keda-activation-unused"]),
        (498, ["autoscalers-share-target"]), (505, ["hpa-external-metric-not-found"]),
        (536, ["nodepool-too-few-spot-types"]), (543, ["nodepool-nodeclass-not-found"]),
        (553, ["nodepool-default-expiry"]),
        (576, ["missing-field"]), (578, ["pod-grace-period-beyond-spot-notice"]),
        (580, ["model-server-without-gpu", "model-server-without-readiness-probe"]),
        (589, ["vllm-without-drain-endpoint"]),
        (607, ["duplicate-object"]), (609, ["missing-field"]), (618, ["nodepool-budget-schedule-in-utc"]),
        (650, ["missing-field"]), (653, ["model-server-without-readiness-probe"]), (660, ["nodepool-mixed-gpus"]),
        (688, ["dcgm-cluster-wide-average"]), (696, ["dcgm-preallocated-memory", "dcgm-used-over-free"]),
        (767, ["api-version-not-served"]), (773, ["dra-classic-claim"]), (774, ["dra-classic-claim"]),
        (778, ["dra-driver-owned-object"]),
        (856, ["api-version-not-served"]), (870, ["api-version-not-served"]), (873, ["invalid-name"]),
        (874, ["dra-classic-claim"]),
        (875, ["dra-classic-claim"]), (876, ["dra-classic-claim"]),
        (888, ["api-version-not-served"]), (894, ["dra-classic-claim"]), (895, ["dra-classic-claim"]),
        (911, ["image-not-pinned"]),
        (925, ["dra-claim-on-karpenter-node"]), (926, ["unknown-field"]),
        (945, ["api-version-not-served"]), (948, ["dra-driver-owned-object"]), (967, ["api-version-not-served"]),
        (970, ["invalid-name"]),
        (971, ["dra-classic-claim"]), (972, ["dra-classic-claim"]),
        (977, ["api-version-not-served"]), (983, ["dra-classic-claim"]),
        (1004, ["model-server-without-readiness-probe"]), (1005, ["image-not-pinned"]),
        (1013, ["dra-claim-on-karpenter-node"]), (1014, ["unknown-field"]),
    ]

    @Test(
        "give each of their faults at its line, and nothing else",
        .enabled(if: article != nil, "STOWAGE_SEED names no folder with the article"))
    func faults() throws {
        let text = try String(contentsOf: #require(article), encoding: .utf8)
        var files: [SourceFile] = []
        var firstLines: [String: Int] = [:]
        var block: [Substring]?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "```yaml" {
                block = []
                firstLines["\(files.count).yaml"] = index + 2
            } else if line == "```", let lines = block {
                files.append(SourceFile(path: "\(files.count).yaml", text: lines.joined(separator: "\n")))
                block = nil
            } else {
                block?.append(line)
            }
        }
        var report = Report()
        verify(SourceTree(files: files, roots: ["."], isClosed: false), .all, &report)
        let found = report.diagnostics.map { finding in
            "\((firstLines[finding.range?.file.path ?? ""] ?? 0) + (finding.range?.line ?? 0) - 1) \(finding.code)"
        }
        #expect(found.sorted() == Self.faults.flatMap { fault in fault.codes.map { "\(fault.line) \($0)" } }.sorted())
    }
}
