import Compiler
import Diagnostics
import Foundation
import Groundwork
import Planning
import TestTools
import Testing

/// The checker that knows the real schemas; it is not part of the project.
private let checker = ProcessInfo.processInfo.environment["STOWAGE_CRDCHECK"]

@Suite("ComputeDomains")
struct ComputeDomainTests {
    /// The spec of a case, with some of its words changed.
    private func files(_ changes: [(String, String)] = []) throws -> [(path: String, text: String)] {
        let folder = Case.folder.appending(path: "replicas-form-a-compute-domain")
        var text = try String(contentsOf: folder.appending(path: "spec.yaml"), encoding: .utf8)
        for (old, new) in changes {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        var report = Report()
        let source = SpecSource(SourceFile(path: "spec.yaml", text: text))
        let compilation = try #require(compile(source, with: TemplateLibrary([.defaults]), &report))
        #expect(!report.hasErrors)
        return compilation.files(&report).files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    }

    @Test("Pods' claims are those of the tree and of the domain, and the domain is missed when it is gone")
    func closed() throws {
        let files = try files()
        #expect(try EmittedTree(files).openEnds == [])
        let without = files.filter { !$0.path.hasSuffix(".computedomain.yaml") }
        #expect(try EmittedTree(without).openEnds == ["template chat-channel"])
    }

    @Test("Without the domain nothing of it is emitted")
    func without() throws {
        let files = try files([(", computeDomain: true", "")])
        #expect(files.contains { $0.path == "models/chat/chat.deployment.yaml" })
        for file in files where file.path != "plan.json" {
            #expect(!file.text.contains("chat-channel") && !file.text.contains("kind: ComputeDomain"), "\(file.path)")
        }
        let values = try #require(files.first { $0.path == "helm/nvidia-dra-driver.values.yaml" })
        #expect(values.text.contains("computeDomains:\n    enabled: false") && !values.text.contains("controller:"))
    }

    @Test("However cheap, an UltraServer is taken only where it is named")
    func named() throws {
        let files = try files([
            (", nodes: managed, computeDomain: true", ", nodes: managed"),
            ("      instances: {prefer: [p6e-gb200.36xlarge]}\n", ""), ("$42.00/hour", "$0.01/hour"),
        ])
        let plan = try #require(files.first { $0.path == "plan.json" })
        #expect(plan.text.contains("used only if `prefer` names it"))
        let groups = try #require(files.first { $0.path == "eksctl/node-groups.yaml" })
        #expect(!groups.text.contains("p6e-gb200"))
    }

    @Test(
        "An API server of each release that has claims accepts what is emitted",
        .enabled(if: checker != nil, "STOWAGE_CRDCHECK names no checker"), arguments: ["1.33", "1.34", "1.35", "1.36"])
    func accepted(kubernetes: String) throws {
        let checker = try #require(checker)
        let beta = kubernetes == "1.33" ? [("draDriver: \"0.4.1\"", "draDriver: \"0.4.1\", draAPI: v1beta1")] : []
        let files = try files([("\"1.35\"", "\"\(kubernetes)\"")] + beta)
        try withTemporaryFolder { folder in
            for file in files where file.path.hasSuffix(".yaml") && !file.path.hasPrefix("eksctl/") {
                let place = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: place)
            }
            let outcome = try run([checker, "--kubernetes", kubernetes, folder.path])
            #expect(outcome.status == 0 && outcome.said.contains(" 0 failed"), "\(outcome.said)")
        }
    }
}
