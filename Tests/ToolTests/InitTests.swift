import Foundation
import TestTools
import Testing

/// The first minutes of somebody who has the program and nothing else.
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

    @Test("a shell gets its completions", arguments: ["bash", "zsh", "fish"])
    func completions(_ shell: String) throws {
        let outcome = try run([stowage.path, "--generate-completion-script", shell])
        #expect(outcome.status == 0 && outcome.said.contains("generate"))
    }
}
