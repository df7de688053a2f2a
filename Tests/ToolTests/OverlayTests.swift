import Diagnostics
import Foundation
import TestTools
import Testing
import YAML

@testable import Groundwork
@testable import Verify

/// Kustomizations of `Overlays/`, built by kustomize and by `verify`.
@Suite("A kustomization")
struct OverlayTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Overlays")

    @Test(
        "is checked as the objects that kustomize makes of it",
        .enabled(if: kustomizeVersion >= 5, "kubectl with kustomize 5 is not installed"),
        arguments: [
            "names-and-labels/prod", "names-and-labels/dev", "names-and-labels/twice", "patches/merge", "patches/steps",
            "patches/older", "generators/base", "generators/prod", "replacements/fields", "replacements/made",
            "replacements/files",
        ])
    func builds(_ path: String) throws {
        let folder = Self.folder.appending(path: path).standardizedFileURL.path
        let outcome = try run(["kubectl", "kustomize", folder], environment: ["KUBECONFIG": "/dev/null"])
        #expect(outcome.status == 0, "\(outcome.said)")
        let expected = try withTemporaryFolder { scratch in
            let stream = scratch.appending(path: "built.yaml")
            try outcome.output.write(to: stream)
            return try documents(in: stream).map { withoutHashes(meaning($0)) }
        }
        let (objects, mistakes) = try objects(path)
        #expect(mistakes.isEmpty, "\(mistakes.map(\.message))")
        let built = objects.map { meaning($0.root) }
        for object in built where !expected.contains(object) { Issue.record("built here alone: \(object)") }
        for object in expected where !built.contains(object) { Issue.record("built by kustomize alone: \(object)") }
        #expect(built.count == expected.count)
    }

    @Test("keeps the place of each value, so that what stands there is what it says")
    func places() throws {
        // Neither of them composes names or images.
        for path in ["patches/merge", "patches/older"] {
            let objects = try objects(path).objects
            #expect(!objects.isEmpty)
            for object in objects {
                forEachScalar(object.root) { scalar, range in
                    guard scalar.style == .plain else { return }
                    let written = String(decoding: range.file.bytes[range.start..<range.end], as: UTF8.self)
                    #expect(written == scalar.text, "\(range.description)")
                }
            }
        }
    }

    /// Builds a kustomization from the files of its tree.
    private func objects(_ path: String) throws -> (objects: [BuiltObject], mistakes: [BuildMistake]) {
        var report = Report()
        var manifests: [Manifest] = []
        var data: [SourceFile] = []
        let top = path.split(separator: "/").dropLast().joined(separator: "/")
        for file in files(under: Self.folder.appending(path: top), { _ in true }) {
            let name = String(file.standardizedFileURL.path.dropFirst(Self.folder.standardizedFileURL.path.count + 1))
            let source = SourceFile(path: name, bytes: [UInt8](try Data(contentsOf: file)))
            if file.pathExtension == "yaml" || file.pathExtension == "json" {
                manifests += [readManifest(source, &report)].compactMap { $0 }
            }
            data.append(source)
        }
        #expect(report.isEmpty, "\(report.diagnostics.map(\.message))")
        let tree = KustomizedTree(manifests, data: data)
        let kustomization = try #require(tree.kustomizations[path])
        var build = KustomizeBuild(tree)
        return (build.build(kustomization), build.mistakes)
    }

    /// Takes the hashes out of the names that kustomize generates.
    private func withoutHashes(_ text: String) -> String {
        text.replacing(/(settings|environment|token|debug)-[a-z0-9]{10}"/) { "\($0.output.1)\"" }
    }

    private func forEachScalar(_ node: Node, _ body: (Node.Scalar, SourceRange) -> Void) {
        if let scalar = node.scalar { body(scalar, node.range) }
        for item in node.items ?? [] { forEachScalar(item, body) }
        for entry in node.entries ?? [] { forEachScalar(entry.value, body) }
    }
}
