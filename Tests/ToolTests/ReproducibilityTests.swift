import Foundation
import Groundwork
import TestTools
import Testing

/// The same spec gives the same bytes, whoever runs it, wherever and whenever.
struct ReproducibilityTests {
    @Test("an example compiles to exactly what is committed", arguments: committed)
    func current(_ example: Example) throws {
        try withTemporaryFolder { folder in
            let made = folder.appending(path: example.name)
            let outcome = try run([stowage.path, "generate", example.spec.path, "-o", made.path], in: root)
            #expect(outcome.status == 0, "\(outcome.said)")
            if Recording.trees.isAsked(example.name) {
                let (new, old) = (try contents(of: made), try contents(of: example.tree))
                let paths = Set(new.keys).union(old.keys)
                try Recording.trees.write(
                    paths.map { path in
                        (example.tree.appending(path: path), new[path].map { String(decoding: $0, as: UTF8.self) })
                    })
            }
            try expectSame(made, example.tree)
        }
    }

    @Test("time zone, language, home, working directory and the spec's own place change no byte", arguments: committed)
    func surroundings(_ example: Example) throws {
        let elsewhere = [
            "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "HOME": "/nonexistent",
        ]
        try withTemporaryFolder { folder in
            let copy = folder.appending(path: "copied.yaml")
            try FileManager.default.copyItem(at: example.spec, to: copy)
            let teams = example.spec.deletingLastPathComponent().appending(path: "teams")
            try FileManager.default.copyItem(at: teams, to: folder.appending(path: "teams"))
            let outcome = try run([stowage.path, "generate", "copied.yaml"], environment: elsewhere, in: folder)
            #expect(outcome.status == 0, "\(outcome.said)")
            try expectSame(folder.appending(path: "out/\(example.name)"), example.tree)
        }
    }

    @Test("an unchanged tree passes the check and has no difference", arguments: committed)
    func check(_ example: Example) throws {
        let arguments = [example.spec.path, "-o", example.tree.path]
        let check = try run([stowage.path, "generate", "--check"] + arguments, in: root)
        #expect(check.status == 0, "\(check.said)")
        let difference = try run([stowage.path, "diff"] + arguments, in: root)
        #expect(difference.status == 0 && difference.output.isEmpty, "\(difference.said)")
    }

    @Test("a tree that was edited together with its lock fails the check")
    func lockedEdit() throws {
        let example = try #require(committed.first { $0.name == "minimal" })
        try withTemporaryFolder { folder in
            let tree = folder.appending(path: "out")
            try FileManager.default.copyItem(at: example.tree, to: tree)
            let (file, lock) = (tree.appending(path: "PLAN.md"), tree.appending(path: "stowage.lock.json"))
            let old = try String(contentsOf: file, encoding: .utf8)
            let new = old + "\n"
            let locked = try String(contentsOf: lock, encoding: .utf8)
            try new.write(to: file, atomically: true, encoding: .utf8)
            try locked.replacing(sha256(Array(old.utf8)), with: sha256(Array(new.utf8)))
                .write(to: lock, atomically: true, encoding: .utf8)
            let check = try run([stowage.path, "generate", "--check", example.spec.path, "-o", tree.path], in: root)
            #expect(check.status == 1)
            #expect(String(decoding: check.output, as: UTF8.self) == "update \(tree.path)/PLAN.md\n", "\(check.said)")
        }
    }
}

/// Expects two folders to hold the same files.
private func expectSame(_ made: URL, _ committed: URL) throws {
    let (new, old) = (try contents(of: made), try contents(of: committed))
    #expect(!new.isEmpty)
    #expect(Set(new.keys) == Set(old.keys))
    for (path, bytes) in new { #expect(old[path] == bytes, "\(path) differs") }
}

/// The files below a folder by their paths in it, without those of `simulate --report`.
private func contents(of folder: URL) throws -> [String: Data] {
    let prefix = folder.path.count + 1
    let pairs = try files(under: folder) { _ in true }.map { file in
        (String(file.path.dropFirst(prefix)), try Data(contentsOf: file))
    }
    let report: Set<String> = ["SURGE.md", "SURGE.svg"]
    return Dictionary(pairs.filter { !report.contains($0.0) }) { first, _ in first }
}
