import Foundation
import TestTools
import Testing
import Verify

/// What the README and the files beside the code claim.
struct ReadmeTests {
    private let texts = [
        "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/scaling.md", "docs/tutorial.md",
        "templates/README.md",
    ]

    @Test("the status table of the README names every command")
    func commands() throws {
        let readme = try text("README.md")
        let status = try #require(readme.components(separatedBy: "\n## ").first { $0.hasPrefix("Status\n") })
        for command in try commandNames() {
            let isNamed = status.contains("`\(command)")
            #expect(isNamed, "the status table does not name `\(command)`")
        }
    }

    @Test("the example of the README is the committed one")
    func example() throws {
        let readme = try text("README.md")
        let blocks = readme.components(separatedBy: "\n```yaml\n").dropFirst().map { text in
            text.components(separatedBy: "```").first ?? ""
        }
        let spec = try text("specs/minimal.yaml")
        #expect(spec.hasSuffix(try #require(blocks.first)))
        let model = files(under: root.appending(path: "out/minimal/models/llama")) { $0.pathExtension == "yaml" }
        let manifests = try model.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        let written = Set(manifests.split(separator: "\n"))
        for line in blocks.dropFirst().flatMap({ $0.split(separator: "\n") }) where !line.contains("…") {
            #expect(written.contains(line), "no manifest of out/minimal has this line")
        }
    }

    @Test("the explanation in the README is the one that the program gives")
    func explanation() throws {
        let readme = try text("README.md")
        let section = try #require(readme.components(separatedBy: "\n## Why is this number here?\n").last)
        let place = try #require(section.firstMatch(of: /stowage explain ([^`]+)`/)).output.1
        let shown = try #require(section.components(separatedBy: "```\n").dropFirst().first)
        let outcome = try run([stowage.path, "explain", String(place)], in: root)
        let said = Set(outcome.said.split(separator: "\n"))
        for line in shown.split(separator: "\n") where !line.contains("…") {
            #expect(said.contains(line), "`stowage explain` does not say this")
        }
    }

    @Test("the error in the README is the one that the program gives, and it counts the rules as they are")
    func diagnostic() throws {
        let readme = try text("README.md")
        let shown = try #require(readme.components(separatedBy: "```\nerror[").dropFirst().first)
            .components(separatedBy: "```")[0]
        try withTemporaryFolder { folder in
            let specs = folder.appending(path: "specs")
            try FileManager.default.createDirectory(at: specs, withIntermediateDirectories: true)
            try text("specs/minimal.yaml").replacing("      traffic:", with: "      trafic:")
                .write(to: specs.appending(path: "minimal.yaml"), atomically: true, encoding: .utf8)
            let outcome = try run([stowage.path, "validate", "specs/minimal.yaml"], in: folder)
            #expect(outcome.status == 2 && outcome.said.hasPrefix("error[\(shown)"), "\(outcome.said)")
        }
        #expect(readme.contains("[\(Rule.all.count) rules](docs/rules/README.md)"))
    }

    @Test("the commands of the README run as they are written there")
    func commandsRun() throws {
        let readme = try text("README.md")
        let quickStart = try #require(readme.components(separatedBy: "\n## Quick start\n").last)
            .components(separatedBy: "\n## ")[0]
        let steps = quickStart.split(separator: "\n").filter { $0.hasPrefix("    ") }.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        #expect(steps.count == 3)
        let inText = readme.matches(of: /`(stowage [a-z]+ (?:specs|out)\/[^`]*)`/).map { String($0.output.1) }
        #expect(inText.count >= 2)
        try withTemporaryFolder { folder in
            for name in ["specs", "out"] {
                try FileManager.default.copyItem(at: root.appending(path: name), to: folder.appending(path: name))
            }
            let build = folder.appending(path: ".build")
            try FileManager.default.createDirectory(at: build, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: build.appending(path: "debug"), withDestinationURL: stowage.deletingLastPathComponent())
            for step in steps + inText {
                // To build within a test would wait for the test to end: of make, its commands for the program are run.
                let made =
                    step.hasPrefix("make ")
                    ? try run(
                        ["make", "--dry-run", "-C", root.path] + step.split(separator: " ").dropFirst().map(String.init)
                    ) : nil
                let commands =
                    made.map { String(decoding: $0.output, as: UTF8.self).split(separator: "\n").map(String.init) }?
                    .filter { $0.hasPrefix(".build/debug/stowage") } ?? [step]
                #expect(!commands.isEmpty, "\(step)")
                for command in commands {
                    let outcome = try shell(command, in: folder)
                    #expect(outcome.status == 0, "\(command): \(outcome.said)")
                }
            }
            #expect(FileManager.default.fileExists(atPath: build.appending(path: "report.html").path))
        }
    }

    @Test("links between the texts lead to files that exist")
    func links() throws {
        for name in texts {
            let file = root.appending(path: name)
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for link in text.matches(of: /\]\(([^)#: ]+)(#[^)]*)?\)/).map({ String($0.output.1) }) {
                let target = file.deletingLastPathComponent().appending(path: link)
                #expect(FileManager.default.fileExists(atPath: target.path), "\(name) links to \(link)")
            }
        }
    }

    @Test("the license is Apache-2.0, whole")
    func license() throws {
        let license = try text("LICENSE")
        #expect(license.contains("Version 2.0, January 2004"))
        #expect(license.contains("END OF TERMS AND CONDITIONS"))
    }
}
