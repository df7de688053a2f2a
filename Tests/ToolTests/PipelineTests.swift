import Foundation
import TestTools
import Testing

/// What lies ready for pipelines: the action, the job of GitLab, the hooks, and the scripts that they run.
struct PipelineTests {
    @Test(
        "each definition is what its system's schema asks for",
        .enabled(if: works(["check-jsonschema", "--version"]), "check-jsonschema is not installed"),
        arguments: [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "ci/gitlab.yml")])
    func schema(_ schema: String, _ file: String) throws {
        let outcome = try run(["check-jsonschema", "--builtin-schema", schema, file], in: root)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test(
        "the hooks are a manifest of pre-commit",
        .enabled(if: works(["pre-commit", "--version"]), "pre-commit is not installed"))
    func hooks() throws {
        let outcome = try run(["pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"], in: root)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("a review passes a tree that its spec made, fails on one that it did not make, and says what changed since")
    func review() throws {
        try withTemporaryFolder { folder in
            let review = Review(folder)
            try review.commit(spec: "peak: 12")
            #expect(try review.run().status == 0)

            try review.write(spec: "peak: 16")
            let stale = try review.run()
            #expect(stale.status == 1, "\(stale.said)")

            try review.commit(spec: "peak: 16")
            let fresh = try review.run(since: "HEAD~1")
            #expect(fresh.status == 0, "\(fresh.said)")
            #expect(try review.summary().contains("llama"), "the summary does not speak of the model")

            try review.write(spec: "peek: 16")
            let wrong = try review.run()
            #expect(wrong.status == 2)
            #expect(wrong.said.contains("::error file=specs/minimal.yaml"), "\(wrong.said)")
        }
    }

    @Test("a release is installed only when its checksum is the published one")
    func install() throws {
        try withTemporaryFolder { folder in
            let release = folder.appending(path: "releases/v1.2.3")
            let outcome = try run(
                [
                    "sh", "-ec",
                    #"name=stowage-1.2.3-linux-$(uname -m)"#
                        + "\nmkdir -p releases/v1.2.3 $name/bin; printf '#!/bin/sh\\necho 1.2.3\\n' > $name/bin/stowage"
                        + "\nchmod +x $name/bin/stowage; tar -czf releases/v1.2.3/$name.tar.gz $name"
                        + "\ncd releases/v1.2.3; sha256sum *.tar.gz > SHA256SUMS",
                ], in: folder)
            #expect(outcome.status == 0, "\(outcome.said)")
            let environment = [
                "STOWAGE_RELEASES": folder.appending(path: "releases").absoluteString, "STOWAGE_VERSION": "v1.2.3",
            ]
            let install = [root.appending(path: "ci/install-release").path, "installed"]
            #expect(try TestTools.run(install, environment: environment, in: folder).status == 0)
            #expect(try TestTools.run(["installed/bin/stowage"], in: folder).said == "1.2.3\n")

            let archive = try #require(files(under: release) { $0.pathExtension == "gz" }.first)
            try (Data(contentsOf: archive) + [0]).write(to: archive)
            let rejected = try TestTools.run([install[0], "other"], environment: environment, in: folder)
            #expect(rejected.status == 1)
            #expect(rejected.said.contains("does not match the release"), "\(rejected.said)")
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "other").path))
        }
    }
}

/// A repository with one cluster, as a pipeline finds it.
private struct Review {
    let folder: URL
    let environment: [String: String]

    init(_ folder: URL) {
        self.folder = folder
        environment = surroundings.merging(["STOWAGE_FORMAT": "github"]) { $1 }
    }

    /// Writes the smallest spec with another peak.
    func write(spec peak: String) throws {
        let spec = try text("specs/minimal.yaml")
        try FileManager.default.createDirectory(at: folder.appending(path: "specs"), withIntermediateDirectories: true)
        try spec.replacing("peak: 12", with: peak)
            .write(to: folder.appending(path: "specs/minimal.yaml"), atomically: true, encoding: .utf8)
    }

    /// Writes, compiles and commits.
    func commit(spec peak: String) throws {
        try write(spec: peak)
        let script = "[ -d .git ] || git init -q; stowage generate specs/minimal.yaml; git add .; git commit -qm change"
        let outcome = try TestTools.run(["sh", "-ec", script], environment: environment, in: folder)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    func run(since base: String = "") throws -> Outcome {
        let environment = environment.merging(["STOWAGE_BASE": base]) { $1 }
        return try TestTools.run([root.appending(path: "ci/review").path], environment: environment, in: folder)
    }

    func summary() throws -> String {
        try String(contentsOf: folder.appending(path: "stowage-summary.md"), encoding: .utf8)
    }
}
