import Foundation
import TestTools
import Testing

/// A first use of the program, with nothing else installed.
struct InitTests {
    @Test("the starter spec compiles as it is, without a warning")
    func compiles() throws {
        try withTemporaryFolder { folder in
            let steps = [["init"], ["validate", "specs/cluster.yaml"], ["generate", "specs/cluster.yaml"]]
            for step in steps {
                let outcome = try run([stowage.path] + step, in: folder)
                #expect(outcome.status == 0 && !outcome.said.contains("warning["), "\(step): \(outcome.said)")
            }
            let page = folder.appending(path: "out/inference/PLAN.md")
            #expect(FileManager.default.fileExists(atPath: page.path))
        }
    }

    @Test("the starter spec is never written over another file")
    func refuses() throws {
        try withTemporaryFolder { folder in
            let file = folder.appending(path: "mine.yaml")
            try Data("mine\n".utf8).write(to: file)
            let outcome = try run([stowage.path, "init", "mine.yaml"], in: folder)
            #expect(outcome.status == 2, "\(outcome.said)")
            #expect(try Data(contentsOf: file) == Data("mine\n".utf8))
        }
    }

    @Test("options go into the spec, which compiles with each engine", arguments: ["argocd", "flux"])
    func options(_ engine: String) throws {
        try withTemporaryFolder { folder in
            let options = [
                "--name", "genai-eu", "--kubernetes", "1.34", "--karpenter", "1.13", "--keda", "2.19", "--model",
                "Qwen/Qwen3-8B", "--gitops", engine, "--repository", "https://git.example.com/a/b.git",
            ]
            let written = try run([stowage.path, "init"] + options, in: folder)
            #expect(written.status == 0, "\(written.said)")
            let outcome = try run([stowage.path, "generate", "specs/cluster.yaml"], in: folder)
            #expect(outcome.status == 0, "\(outcome.said)")
            let file = folder.appending(path: "out/genai-eu/gitops/\(engine == "flux" ? "flux" : "application").yaml")
            #expect(try String(contentsOf: file, encoding: .utf8).contains("https://git.example.com/a/b.git"))
        }
    }

    @Test("a wrong answer is shown in its place, and nothing is written")
    func wrongAnswer() throws {
        try withTemporaryFolder { folder in
            let outcome = try run([stowage.path, "init", "--kubernetes", "1", "--name", "A_B"], in: folder)
            #expect(outcome.status == 2)
            #expect(
                outcome.said.contains("specs/cluster.yaml:7:9") && outcome.said.contains("2 errors"), "\(outcome.said)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            #expect(try run([stowage.path, "init", "--gitops", "flux"], in: folder).status == 2)
        }
    }

    @Test("on a terminal it asks", .enabled(if: works(["script", "--version"]), "script is not installed"))
    func asks() throws {
        try withTemporaryFolder { folder in
            let answers = folder.appending(path: "answers")
            try Data("asked\n\n\n\n\nQwen/Qwen3-8B\n".utf8).write(to: answers)
            let command = "script --quiet --return --command \"'\(stowage.path)' init cluster.yaml\" /dev/null <answers"
            let outcome = try run(["sh", "-c", command], in: folder)
            #expect(outcome.said.contains("AWS region [us-east-1]: "), "\(outcome.said)")
            let spec = try String(contentsOf: folder.appending(path: "cluster.yaml"), encoding: .utf8)
            #expect(spec.contains("  name: asked\n") && spec.contains("source: Qwen/Qwen3-8B\n"), "\(spec)")
        }
    }

    @Test("a shell gets its completions", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let outcome = try run([stowage.path, "--generate-completion-script", shell])
        #expect(outcome.status == 0 && outcome.said.contains("generate"))
    }
}
