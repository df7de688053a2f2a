import Diagnostics
import Foundation
import Groundwork
import Testing

@testable import Import

/// What `kubectl get` prints of a cluster: more than the objects of one tree, or less.
@Suite("A cluster")
struct ClusterTests {
    private static let trees = ["company", "deepseek", "fleet", "minimal", "scaling", "seed"]

    @Test("with a platform of its own beside a generated tree is imported without differences", arguments: trees)
    func beside(_ name: String) throws {
        let platform = try yamlFiles(below: root.appending(path: "Tests/ImportTests/Platform"))
        let result = try imported(platform + (try tree(name)))
        let proof = try #require(result.proof)
        #expect(proof.differences.map { "\($0.object.words): \($0.words)" } == [])
        #expect(proof.new.map(\.words) == [])
        // None of the others is taken for a part of the tree.
        #expect(proof.untouched.count == platform.count)
    }

    @Test("without what belongs to no namespace gives a spec with the same workloads", arguments: trees)
    func namespaced(_ name: String) throws {
        let result = try imported(try tree(name)) { !$0.namespace.isEmpty }
        let proof = try #require(result.proof)
        #expect(proof.differences.map { "\($0.object.words): \($0.words)" } == [])
        #expect(proof.untouched.map(\.key.words) == [])
        let namespaced = proof.new.filter { !$0.namespace.isEmpty }
        #expect(namespaced.map(\.words) == [])
    }

    @Test("whose node groups only EKS knows gives a spec with managed node groups")
    func groups() throws {
        // Other nodes of the cluster may be Karpenter's.
        for platform in [[], try yamlFiles(below: root.appending(path: "Tests/ImportTests/Platform"))] {
            let result = try imported(platform + (try tree("groups"))) { $0.kind != "ClusterConfig" }
            let proof = try #require(result.proof)
            #expect(proof.differences.map { "\($0.object.words): \($0.words)" } == [])
            #expect(proof.untouched.count == platform.count && proof.new.map(\.kind) == ["ClusterConfig"])
            #expect(proof.isEqual)
        }
    }

    @Test("with what KEDA, Flux, Argo CD and the operator of Prometheus write into objects has no differences")
    func controllers() throws {
        let written = [
            "labels:": "labels:\n    kustomize.toolkit.fluxcd.io/name: models\n    argocd.argoproj.io/instance: prod\n"
                + "    scaledobject.keda.sh/name: x",
            "annotations:": "annotations:\n    prometheus-operator-validated: \"true\"",
        ]
        let files = try tree("minimal").map { file in
            var lines = String(decoding: file.bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            )
            .map(String.init)
            // The first of each kind is that of the object.
            for (key, text) in written {
                if let place = lines.firstIndex(of: "  \(key)") { lines[place] = "  \(text)" }
            }
            return SourceFile(path: file.path, text: lines.joined(separator: "\n"))
        }
        let result = try imported(files)
        #expect(try #require(result.proof).differences.isEmpty)
        #expect(!result.text.contains("fluxcd.io") && !result.text.contains("scaledobject.keda.sh"))
        #expect(!result.text.contains("argocd.argoproj.io/instance") && !result.text.contains("validated"))
    }

    private func tree(_ name: String) throws -> [SourceFile] {
        uncommented(try yamlFiles(below: root.appending(path: "out/\(name)")))
            .filter { !$0.path.hasSuffix("kustomization.yaml") }
    }

    private func imported(_ files: [SourceFile], _ isHeld: (ImportedObject) -> Bool = { _ in true }) throws
        -> ImportResult
    {
        var report = Report()
        let all = readObjects([files.tree], &report)
        var options = ImportOptions()
        options.kubernetes = Version("1.36")
        options.repository = "https://git.example.com/platform/fleet.git"
        let result = importSpec(ImportedTree(objects: all.objects.filter(isHeld), leftOut: 0), options, &report)
        let problems = report.diagnostics.filter { $0.severity == .error }.map { "\($0.code): \($0.message)" }
        #expect(problems == [])
        return result
    }
}
