import Foundation
import TestTools
import Testing

@Suite("`stowage simulate --report`")
struct SurgeReportTests {
    private let files = ["SURGE.md", "SURGE.svg"]

    /// Copies an example's tree to a folder.
    private func copy(_ name: String, to folder: URL) throws -> URL {
        let tree = folder.appending(path: name)
        try FileManager.default.copyItem(at: root.appending(path: "out/\(name)"), to: tree)
        for file in files { try? FileManager.default.removeItem(at: tree.appending(path: file)) }
        return tree
    }

    private func report(_ tree: URL, _ spec: String) throws -> Outcome {
        try TestTools.run([stowage.path, "simulate", tree.path, "--spec", spec, "--report"], in: root)
    }

    @Test("writes a page and its picture beside the plan, which `generate` leaves alone")
    func beside() throws {
        try withTemporaryFolder { folder in
            let tree = try copy("minimal", to: folder)
            let outcome = try report(tree, "specs/minimal.yaml")
            try #require(outcome.status == 0, "\(outcome.said)")
            #expect(outcome.output.isEmpty)
            let page = try String(contentsOf: tree.appending(path: "SURGE.md"), encoding: .utf8)
            #expect(page.hasPrefix("# minimal: what happens in a surge\n"))
            #expect(page.contains("| llama    | 2 → 12     | 2 → 3 "))
            #expect(page.contains("](SURGE.svg)"))
            let spec = ["specs/minimal.yaml", "-o", tree.path]
            for arguments in [["generate", "--check"], ["diff"], ["generate"], ["generate", "--force"]] {
                let after = try TestTools.run([stowage.path] + arguments + spec, in: root)
                #expect(after.status == 0 && after.output.isEmpty, "\(arguments): \(after.said)")
            }
            #expect(try String(contentsOf: tree.appending(path: "SURGE.md"), encoding: .utf8) == page)
            // A changed spec writes the tree anew, and keeps the page.
            let changed = try String(contentsOf: root.appending(path: "specs/minimal.yaml"), encoding: .utf8)
                .replacing("peak: 12", with: "peak: 14")
            let file = folder.appending(path: "changed.yaml")
            try Data(changed.utf8).write(to: file)
            let written = try TestTools.run([stowage.path, "generate", file.path, "-o", tree.path])
            #expect(written.status == 0 && !written.said.contains("unchanged"), "\(written.said)")
            #expect(try String(contentsOf: tree.appending(path: "SURGE.md"), encoding: .utf8) == page)
            let verified = try TestTools.run([stowage.path, "verify", tree.path])
            #expect(verified.status == 0, "\(verified.said)")
        }
    }

    @Test("is committed for the seed cluster")
    func committed() throws {
        try withTemporaryFolder { folder in
            let tree = try copy("seed", to: folder)
            let outcome = try report(tree, "specs/seed.yaml")
            try #require(outcome.status == 0, "\(outcome.said)")
            let made = try files.map { file in
                (
                    root.appending(path: "out/seed/\(file)"),
                    try String(contentsOf: tree.appending(path: file), encoding: .utf8)
                )
            }
            if Recording.picture.isAsked("report") { try Recording.picture.write(made) }
            for (file, text) in made { #expect(try String(contentsOf: file, encoding: .utf8) == text, "\(file.path)") }
        }
    }

    @Test("needs a plan beside which it is written, the spec, and no scenario of its own")
    func mistakes() throws {
        try withTemporaryFolder { folder in
            let spec = root.appending(path: "specs/minimal.yaml").path
            let without = try TestTools.run([stowage.path, "simulate", spec, "--report"], in: folder)
            #expect(without.status == 2 && without.said.contains("error[report-folder-without-plan]"))
            let tree = try copy("minimal", to: folder)
            let alone = try TestTools.run([stowage.path, "simulate", tree.path, "--report"], in: folder)
            #expect(alone.status == 2 && alone.said.contains("error[report-without-spec]"))
            let shaped = try TestTools.run([stowage.path, "simulate", spec, "--report", "--shape", "day"], in: folder)
            #expect(shaped.status == 2 && shaped.said.contains("`--report` takes one spec or folder"))
        }
    }
}
