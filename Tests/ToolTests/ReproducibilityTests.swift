import Foundation
import TestTools
import Testing

/// The same spec gives the same bytes, whoever runs it, wherever and whenever.
struct ReproducibilityTests {
    @Test("an example compiles to exactly what is committed", arguments: committed)
    func current(_ example: Example) throws {
        let outcome = try run(
            [stowage.path(), "generate", "--check", example.spec.path(), "-o", example.tree.path()], in: root)
        #expect(outcome.status == 0, "\(outcome.said)")
    }

    @Test("time zone, language, home and working directory change no byte", arguments: committed)
    func surroundings(_ example: Example) throws {
        let here = try run([stowage.path(), "generate", example.spec.path(), "-o", "-"], in: root)
        #expect(here.status == 0, "\(here.said)")
        #expect(!here.output.isEmpty)
        let elsewhere = [
            "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent",
        ]
        try withTemporaryFolder { folder in
            // A copy, so that even the spec lies somewhere else; the templates are those of the binary.
            let copy = folder.appending(path: "copied.yaml")
            try FileManager.default.copyItem(at: example.spec, to: copy)
            let there = try run(
                [stowage.path(), "generate", copy.path(), "-o", "-"], environment: elsewhere, in: folder)
            #expect(there.status == 0, "\(there.said)")
            #expect(there.output == here.output)
        }
    }
}
