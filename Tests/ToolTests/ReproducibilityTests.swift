import Foundation
import TestTools
import Testing

/// The same spec gives the same bytes, whoever runs it, wherever and whenever.
struct ReproducibilityTests {
    // `--check` would believe the lock, which a change of the compiler's code does not touch.
    @Test("an example compiles to exactly what is committed", arguments: committed)
    func current(_ example: Example) throws {
        try withTemporaryFolder { folder in
            let made = folder.appending(path: example.name)
            let outcome = try run([stowage.path, "generate", example.spec.path, "-o", made.path], in: root)
            #expect(outcome.status == 0, "\(outcome.said)")
            let (new, old) = (try contents(of: made), try contents(of: example.tree))
            #expect(Set(new.keys) == Set(old.keys))
            for (path, bytes) in new { #expect(old[path] == bytes, "out/\(example.name)/\(path)") }
        }
    }

    @Test("an unchanged tree passes the check and is not touched", arguments: committed)
    func check(_ example: Example) throws {
        let arguments = [example.spec.path, "-o", example.tree.path]
        let outcome = try run([stowage.path, "generate", "--check"] + arguments, in: root)
        #expect(outcome.status == 0, "\(outcome.said)")
        let difference = try run([stowage.path, "diff"] + arguments, in: root)
        #expect(difference.status == 0 && difference.output.isEmpty, "\(difference.said)")
    }

    @Test("time zone, language, home and working directory change no byte", arguments: committed)
    func surroundings(_ example: Example) throws {
        let here = try run([stowage.path, "generate", example.spec.path, "-o", "-"], in: root)
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
                [stowage.path, "generate", copy.path, "-o", "-"], environment: elsewhere, in: folder)
            #expect(there.status == 0, "\(there.said)")
            #expect(there.output == here.output)
        }
    }
}

/// The files below a folder by their paths in it.
private func contents(of folder: URL) throws -> [String: Data] {
    let prefix = folder.path.count + 1
    let pairs = try files(under: folder) { _ in true }.map { file in
        (String(file.path.dropFirst(prefix)), try Data(contentsOf: file))
    }
    return Dictionary(pairs) { first, _ in first }
}
