import Diagnostics
import Foundation
import TestTools
import Testing

@testable import Groundwork
@testable import Planning

/// The checker that knows the real schemas; it is not part of the project.
private let checker = ProcessInfo.processInfo.environment["STOWAGE_CRDCHECK"]

@Suite("Ways to get GPUs, by release")
struct SharingTableTests {
    /// What comes of each cell, for a span of releases: Karpenter 1.14, Karpenter 1.15 with claims, a static pool, and a node group,
    /// which is a static pool by other means but for the one that Cluster Autoscaler resizes.
    private struct Row {
        let releases: ClosedRange<Int>
        let allocation: Allocation
        let share: SharingCell.Share
        let karpenter114: String
        let karpenter115: String
        let staticPool: String

        init(
            _ releases: ClosedRange<Int>, _ allocation: Allocation, _ share: SharingCell.Share,
            _ karpenter114: String, _ karpenter115: String, _ staticPool: String
        ) {
            self.releases = releases
            self.allocation = allocation
            self.share = share
            self.karpenter114 = karpenter114
            self.karpenter115 = karpenter115
            self.staticPool = staticPool
        }

        func outcome(_ provisioner: SharingCell.Provisioner) -> String {
            switch provisioner {
            case .karpenter114: karpenter114
            case .karpenter115: karpenter115
            case .staticPool: staticPool
            case .nodeGroup:
                allocation == .devicePlugin && share == .whole
                    ? "nvidia.com/gpu, node group"
                    : staticPool.hasPrefix("rejected") ? staticPool : "\(staticPool), node group"
            }
        }
    }

    private static let shared = "nvidia.com/gpu.shared"
    private static let slice = "nvidia.com/mig-1g.20gb"
    private static let early = "rejected: dra-too-early"
    private static let earlyAndNoNodes = "rejected: dra-too-early, dra-without-static-capacity"
    private static let unsliced = "rejected: mps-in-device-plugin-mig"
    private static let noNodes = "rejected: dra-without-static-capacity"

    private static let table = [
        Row(31...36, .devicePlugin, .whole, "nvidia.com/gpu", "nvidia.com/gpu", "nvidia.com/gpu, static"),
        Row(31...36, .devicePlugin, .mig, "\(slice), overlay", "\(slice), overlay", "\(slice), static"),
        Row(31...36, .devicePlugin, .timeSlicing, "\(shared), overlay", "\(shared), overlay", "\(shared), static"),
        Row(31...36, .devicePlugin, .mps, "\(shared), overlay", "\(shared), overlay", "\(shared), static"),
        Row(31...36, .devicePlugin, .mpsInSlice, unsliced, unsliced, unsliced),
        Row(31...33, .dra, .whole, earlyAndNoNodes, early, early),
        Row(31...33, .dra, .mig, earlyAndNoNodes, earlyAndNoNodes, early),
        Row(31...33, .dra, .timeSlicing, earlyAndNoNodes, earlyAndNoNodes, early),
        Row(31...33, .dra, .mps, earlyAndNoNodes, earlyAndNoNodes, early),
        Row(34...36, .dra, .whole, noNodes, "template of resource.k8s.io/v1", "template of resource.k8s.io/v1, static"),
        Row(34...36, .dra, .mig, noNodes, noNodes, "template of resource.k8s.io/v1, static"),
        Row(
            34...35, .dra, .timeSlicing, noNodes, noNodes,
            "shared claim of resource.k8s.io/v1 TimeSlicing, static"),
        Row(
            36...36, .dra, .timeSlicing, noNodes, "template of resource.k8s.io/v1",
            "template of resource.k8s.io/v1, static"),
        Row(34...36, .dra, .mps, noNodes, noNodes, "shared claim of resource.k8s.io/v1 MPS, static"),
        Row(31...33, .dra, .mpsInSlice, earlyAndNoNodes, earlyAndNoNodes, early),
        Row(34...36, .dra, .mpsInSlice, noNodes, noNodes, "shared claim of resource.k8s.io/v1 MPS, static"),
    ]

    @Test("Each combination is emitted, or rejected for its reason", arguments: SharingCell.all)
    func cell(_ cell: SharingCell) throws {
        let minor = try #require(Int(cell.kubernetes.dropFirst(2)))
        let rows = Self.table.filter {
            $0.releases.contains(minor) && $0.allocation == cell.allocation && $0.share == cell.share
        }
        let row = try #require(rows.count == 1 ? rows.first : nil, "the table has one row for each combination")
        #expect(cell.outcome() == row.outcome(cell.provisioner))
    }

    @Test(
        "Under MPS a pod leaves /dev/shm to the node's daemon, and elsewhere it brings its own",
        arguments: SharingCell.all.filter {
            $0.kubernetes == "1.34" && $0.provisioner == .staticPool && $0.outcomeIsEmitted
        })
    func sharedMemory(_ cell: SharingCell) throws {
        var report = Report()
        let (_, tree) = try #require(cell.compiled(&report))
        let file = try #require(tree.files.first { $0.path.hasSuffix(".deployment.yaml") })
        let text = String(decoding: file.bytes, as: UTF8.self)
        let usesMPS = cell.share == .mps || cell.share == .mpsInSlice
        #expect(text.contains("/dev/shm") != usesMPS)
        let parts: Double = usesMPS || cell.share == .timeSlicing ? 3 : 1
        let share = try #require(text.split(separator: "--gpu-memory-utilization=").last?.split(separator: "\n").first)
        #expect(try #require(Double(share)) * parts <= 0.92)
    }

    @Test(
        "The driver makes MIG instances from the release on that knows parts of devices",
        arguments: [
            ("1.34", "rejected: dynamic-mig-too-early"), ("1.35", "rejected: dynamic-mig-too-early"),
            ("1.36", "template of resource.k8s.io/v1"),
        ])
    func dynamicMIG(kubernetes: String, outcome: String) {
        for provisioner in [SharingCell.Provisioner.staticPool, .nodeGroup] {
            let cell = SharingCell(
                kubernetes: kubernetes, allocation: .dra, share: .mig, provisioner: provisioner,
                claims: ", dynamicMIG: true")
            let nodes = provisioner == .staticPool ? ", static" : ", static, node group"
            #expect(cell.outcome() == (outcome.hasPrefix("rejected") ? outcome : outcome + nodes))
        }
    }

    @Test("Karpenter starts no node for MIG instances that the driver would make")
    func dynamicMIGOnDynamicNodes() {
        let cell = SharingCell(
            kubernetes: "1.36", allocation: .dra, share: .mig, provisioner: .karpenter115, claims: ", dynamicMIG: true")
        #expect(cell.outcome() == "rejected: dra-without-static-capacity")
    }

    @Test(
        "The betas that EKS serves on 1.33 are used where the spec says so",
        arguments: [("v1beta1", "v1beta1"), ("v1beta2", "v1beta2")])
    func betas(asked: String, written: String) {
        let cell = SharingCell(
            kubernetes: "1.33", allocation: .dra, share: .whole, provisioner: .staticPool, claims: ", draAPI: \(asked)")
        #expect(cell.outcome() == "template of resource.k8s.io/\(written), static")
    }

    @Test("No release serves another version than its own", arguments: ["1.32", "1.34", "1.35", "1.36"])
    func foreign(kubernetes: String) {
        let cell = SharingCell(
            kubernetes: kubernetes, allocation: .dra, share: .whole, provisioner: .staticPool,
            claims: ", draAPI: v1beta1")
        #expect(cell.outcome() == "rejected: dra-api-not-served")
    }

    @Test(
        "An API server of the release accepts everything that is emitted for it",
        .enabled(if: checker != nil, "STOWAGE_CRDCHECK names no checker"), arguments: SharingCell.releases)
    func accepted(kubernetes: String) throws {
        let checker = try #require(checker)
        var cells = SharingCell.all.filter { $0.kubernetes == kubernetes }
        if kubernetes == "1.33" {
            cells += ["v1beta1", "v1beta2"].map {
                SharingCell(
                    kubernetes: kubernetes, allocation: .dra, share: .timeSlicing, provisioner: .staticPool,
                    claims: ", draAPI: \($0)")
            }
        }
        if kubernetes == "1.36" {
            cells.append(
                SharingCell(
                    kubernetes: kubernetes, allocation: .dra, share: .mig, provisioner: .staticPool,
                    claims: ", dynamicMIG: true"))
        }
        try withTemporaryFolder { folder in
            var emitted = 0
            for (number, cell) in cells.enumerated() {
                var report = Report()
                guard let (_, tree) = cell.compiled(&report), !report.hasErrors else { continue }
                emitted += 1
                for file in tree.files where file.path.hasSuffix(".yaml") && !file.path.hasPrefix("eksctl/") {
                    let place = folder.appending(path: "\(number)/\(file.path)")
                    try FileManager.default.createDirectory(
                        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                    try Data(file.bytes).write(to: place)
                }
            }
            let outcome = try run([checker, "--kubernetes", kubernetes, folder.path])
            #expect(emitted >= 16)
            #expect(outcome.status == 0, "\(outcome.said)")
            #expect(outcome.said.contains(" 0 failed"), "\(outcome.said)")
        }
    }
}
