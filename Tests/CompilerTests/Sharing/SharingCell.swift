import Compiler
import Diagnostics
import Groundwork
import Planning
import Testing

/// One way to get GPUs: a release of Kubernetes, the driver, the way of sharing, and the provisioner of nodes.
struct SharingCell: CustomTestStringConvertible, Sendable {
    enum Provisioner: String, CaseIterable { case karpenter114, karpenter115, staticPool, nodeGroup }
    enum Share: String, CaseIterable { case whole, mig, timeSlicing, mps, mpsInSlice }

    static let releases = ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"]

    let kubernetes: String
    let allocation: Allocation
    let share: Share
    let provisioner: Provisioner
    /// What is said besides of how GPUs are claimed.
    var claims = ""

    static let all: [SharingCell] = releases.flatMap { kubernetes in
        Allocation.allCases.flatMap { allocation in
            Share.allCases.flatMap { share in
                Provisioner.allCases.map {
                    SharingCell(kubernetes: kubernetes, allocation: allocation, share: share, provisioner: $0)
                }
            }
        }
    }

    var testDescription: String { "\(kubernetes) \(allocation.rawValue) \(share.rawValue) \(provisioner.rawValue)" }

    /// A spec that asks for it.
    var spec: String {
        let karpenter =
            switch provisioner {
            case .karpenter114: "version: \"1.14\", featureGates: [NodeOverlay]"
            case .karpenter115: "version: \"1.15\", featureGates: [NodeOverlay], enableDRA: true"
            case .staticPool: "version: \"1.14\", featureGates: [StaticCapacity]"
            case .nodeGroup: ""
            }
        let nodes =
            switch provisioner {
            case .karpenter114, .karpenter115: ""
            case .staticPool: ", nodes: static"
            case .nodeGroup: ", nodes: managed"
            }
        let part =
            switch share {
            case .whole: "whole"
            case .mig: "{mig: 1g.20gb}"
            case .timeSlicing: "{time-slicing: 3}"
            case .mps: "{mps: 3}"
            case .mpsInSlice: "{mig: 3g.40gb, mps: 3}"
            }
        return """
            apiVersion: stowage.dev/v1alpha1
            kind: GPUCluster
            metadata: {name: demo}
            spec:
              platform:
                cluster: demo
                kubernetes: "\(kubernetes)"
                \(karpenter.isEmpty ? "clusterAutoscaler: true" : "karpenter: {\(karpenter)}")
                autoscaler: {keda: "2.20"}
                gpu: {ami: al2023@v20260714, draDriver: "0.5"\(claims)}
              models:
                - name: chat
                  source: microsoft/Phi-4-mini-instruct
                  class: batch
                  replicas: {min: 2, max: 3}
                  context: 4k
                  instances: {prefer: [p5.4xlarge]}
                  gpu: {allocate: \(allocation.rawValue), share: \(part)\(nodes)}
            """
    }

    /// Compiles it: the plan and the files, unless something is rejected.
    func compiled(_ report: inout Report) -> (compilation: Compilation, tree: FileTree)? {
        let file = SourceFile(path: "spec.yaml", bytes: Array(spec.utf8))
        guard let compilation = compile(SpecSource(file), with: TemplateLibrary([.defaults]), &report) else {
            return nil
        }
        return (compilation, compilation.files(&report))
    }

    /// What comes of it: how a pod asks for its GPU, or the codes of what is rejected.
    func outcome() -> String {
        var report = Report()
        let made = compiled(&report)
        let errors = report.diagnostics.filter { $0.severity == .error }.map(\.code)
        guard let (compilation, tree) = made, errors.isEmpty else {
            return "rejected: \(errors.joined(separator: ", "))"
        }
        func text(_ ending: String) -> String {
            tree.files.filter { $0.path.hasSuffix(ending) }.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        }
        let isStatic = compilation.plan.pools.contains { $0.size.staticNodes != nil } ? ", static" : ""
        let group = compilation.plan.pools.contains { $0.group != nil } ? ", node group" : ""
        let overlay = text(".nodeoverlay.yaml").isEmpty ? "" : ", overlay"
        return asked(text(".deployment.yaml"), text(".resourceclaimtemplate.yaml") + text(".resourceclaim.yaml"))
            + overlay + isStatic + group
    }

    /// Whether anything comes of it.
    var outcomeIsEmitted: Bool { !outcome().hasPrefix("rejected") }

    /// How a pod asks: by a resource, a claim of its own or a shared one.
    private func asked(_ deployment: String, _ claim: String) -> String {
        func value(of key: String, in text: String) -> String? {
            text.split(separator: "\n").first { $0.contains(key) }?
                .split(separator: " ").last.map(String.init)
        }
        if let resource = deployment.split(separator: "\n").first(where: {
            $0.contains("nvidia.com/") && $0.contains(": 1")
        }) {
            return String(resource.split(separator: ":")[0].drop { $0 == " " })
        }
        let version = value(of: "apiVersion: resource.k8s.io/", in: claim) ?? "?"
        let strategy = value(of: "strategy:", in: claim).map { " \($0)" } ?? ""
        return (claim.contains("kind: ResourceClaimTemplate") ? "template" : "shared claim")
            + " of \(version)\(strategy)"
    }
}
