import Diagnostics
import Foundation
import Testing

@testable import Verify

/// Where the article lies from which the reference cluster comes; nil where it is not at hand.
private let article: URL? = ProcessInfo.processInfo.environment["STOWAGE_SEED"].map {
    URL(filePath: $0).appending(path: "gpu-resource-management.md")
}

@Suite("The manifests of the article")
struct SeedTests {
    /// What is wrong in the article's blocks, by its lines, in a tree that need not be all there is.
    static let faults: [(line: Int, codes: [String])] = [
        (231, ["mixed-capacity-types"]), (234, ["few-instance-types"]), (251, ["uneven-limits"]),
        (253, ["implicit-expiry"]), (255, ["hasty-consolidation"]),
        (271, ["floating-ami"]), (281, ["idle-root-volume"]), (291, ["idle-user-data"]), (294, ["idle-user-data"]),
        (297, ["idle-user-data"]),
        (345, ["unknown-node-label"]), (346, ["untolerated-by-daemon"]),
        (351, ["unbounded-exporter", "unprobed-exporter"]),
        (352, ["outdated-exporter"]), (371, ["kept-capabilities"]),
        (401, ["monitor-without-service"]), (406, ["slow-exporter"]),
        (428, ["idle-activation"]), (429, ["idle-activation"]), (432, ["unreachable-fallback"]),
        (434, ["shrinking-fallback"]),
        (444, ["default-behavior"]), (458, ["ignored-trigger-field"]),
        (460, ["average-of-average", "exporters-own-label", "loose-selector"]), (462, ["idle-activation"]),
        (498, ["competing-autoscalers"]), (505, ["unknown-external-metric"]),
        (536, ["few-instance-types"]), (543, ["missing-node-class"]), (553, ["implicit-expiry"]),
        (576, ["missing-field"]), (578, ["grace-beyond-notice"]), (580, ["unaccelerated-server", "unprobed-server"]),
        (589, ["unknown-drain"]),
        (607, ["duplicate-object"]), (609, ["missing-field"]), (618, ["schedule-in-utc"]),
        (650, ["missing-field"]), (653, ["unprobed-server"]), (660, ["mixed-gpus"]),
        (688, ["cluster-wide-average"]), (696, ["preallocated-memory", "used-by-free"]),
        (767, ["removed-api"]), (773, ["classic-claim"]), (774, ["classic-claim"]), (778, ["driver-owned-object"]),
        (856, ["removed-api"]), (870, ["removed-api"]), (873, ["illegal-name"]), (874, ["classic-claim"]),
        (875, ["classic-claim"]), (876, ["classic-claim"]),
        (888, ["removed-api"]), (894, ["classic-claim"]), (895, ["classic-claim"]), (911, ["floating-image"]),
        (925, ["claims-on-dynamic-nodes"]), (926, ["unknown-field"]),
        (945, ["removed-api"]), (948, ["driver-owned-object"]), (967, ["removed-api"]), (970, ["illegal-name"]),
        (971, ["classic-claim"]), (972, ["classic-claim"]),
        (977, ["removed-api"]), (983, ["classic-claim"]), (1004, ["unprobed-server"]), (1005, ["floating-image"]),
        (1013, ["claims-on-dynamic-nodes"]), (1014, ["unknown-field"]),
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
