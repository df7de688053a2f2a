import Foundation
import TestTools
import Testing

/// The command that tells why a line says what it says.
struct ExplainCommandTests {
    private func explain(_ arguments: String...) throws -> Outcome {
        try run([stowage.path, "explain"] + arguments, in: root)
    }

    @Test("every line of a committed page is explained, in words and for programs")
    func page() throws {
        let lines = try String(contentsOf: root.appending(path: "out/minimal/PLAN.md"), encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in zip(1..., lines.dropLast()) where line.contains(where: \.isNumber) {
            let said = try explain("out/minimal/PLAN.md:\(number)")
            #expect(said.status == 0 && said.said.hasPrefix("\(number) | \(line)\n"), "\(said.said)")
            let outcome = try explain("out/minimal/PLAN.md:\(number)", "--format", "json")
            let answer = try #require(JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
            #expect(answer["text"] as? String == String(line))
            let pieces = try #require(answer["pieces"] as? [[String: Any]])
            // A figure in dollars has reasons, wherever it stands.
            if line.contains(/\$[0-9]/) { #expect(!pieces.isEmpty, "\(line)") }
        }
    }

    @Test("all of a long tree is drawn on request")
    func whole() throws {
        let (short, long) = (try explain("out/minimal/PLAN.md:3"), try explain("out/minimal/PLAN.md:3", "--all"))
        #expect(String(decoding: short.errors, as: UTF8.self) == "`…` marks omitted reasons, which `--all` prints\n")
        #expect(long.errors.isEmpty && long.output.count > 2 * short.output.count)
        #expect(!String(decoding: long.output, as: UTF8.self).contains(" …\n"))
    }

    @Test("a file that differs from what its spec makes is not explained in silence")
    func stale() throws {
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "llama.scaledobject.yaml").path
            let file = root.appending(path: "out/minimal/models/llama/llama.scaledobject.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let edited = folder.appending(path: "models/llama/llama.scaledobject.yaml")
            try FileManager.default.createDirectory(
                at: edited.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.replacing("threshold: \"87.6\"", with: "threshold: \"88\"").utf8).write(to: edited)
            let outcome = try explain("\(edited.path):48", "--spec", "specs/minimal.yaml")
            #expect(outcome.status == 0)
            #expect(
                String(decoding: outcome.errors, as: UTF8.self).contains(
                    "has another line 48 than specs/minimal.yaml generates: the file was edited or is out of date"))
            let missing = try explain("\(path.replacing("llama.scaled", with: "models/llama/none.scaled")):48")
            #expect(missing.status == 2)
        }
    }

    @Test(
        "what is no generated file, or no line of it, is rejected",
        arguments: ["out/minimal/PLAN.md:9999", "README.md:1", "out/none/PLAN.md:1"])
    func rejected(_ place: String) throws {
        let outcome = try explain(place, "--spec", "specs/minimal.yaml")
        #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.said)")
    }
}
