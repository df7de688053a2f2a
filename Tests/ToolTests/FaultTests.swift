import Foundation
import TestTools
import Testing

/// The program itself, killed, starved and hindered while it writes.
struct FaultTests {
    /// Two small clusters of which hardly a file is the same.
    private static let specs = ["specs/minimal.yaml", "Tests/CompilerTests/Cases/flux-syncs-the-tree/spec.yaml"].map {
        root.appending(path: $0).path
    }
    private let foreign = "notes/mine.txt"

    /// What `generate` writes for each spec, by path; the lock included.
    private static let trees: [[String: Data]] = specs.map { spec in
        (try? withTemporaryFolder { folder in
            _ = try run([stowage.path, "generate", spec, "--output", folder.appending(path: "out").path])
            return contents(of: folder.appending(path: "out"))
        }) ?? [:]
    }

    private func generate(_ spec: String, to folder: URL, before: [String] = []) throws -> Outcome {
        try run(before + [stowage.path, "generate", spec, "--output", folder.path])
    }

    /// Expects one of the two trees, whole, with the foreign file beside it.
    private func expectTree(_ out: URL, _ moment: String) {
        var found = contents(of: out)
        #expect(found.removeValue(forKey: foreign) == Data("mine".utf8), "\(moment)")
        #expect(Self.trees.contains(found), "\(moment): neither the old tree nor the new one")
    }

    private func start(_ out: URL) throws {
        _ = try generate(Self.specs[0], to: out)
        try FileManager.default.createDirectory(
            at: out.appending(path: "notes"), withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: out.appending(path: foreign))
    }

    @Test("killed at 200 moments, it leaves the old tree or the new one, and foreign files alone")
    func killed() throws {
        #expect(Self.trees.allSatisfy { $0.count > 20 } && Self.trees[0] != Self.trees[1])
        try withTemporaryFolder { folder in
            let out = folder.appending(path: "out")
            try start(out)
            var (kills, changes) = (0, 0)
            var last = contents(of: out)
            var duration = 0.0
            for round in 0..<200 {
                // How busy the machine is changes while the other tests run.
                if round.isMultiple(of: 10) {
                    let begun = Date()
                    _ = try generate(Self.specs[(round / 10 + 1) % 2], to: out)
                    duration = Date().timeIntervalSince(begun)
                    last = contents(of: out)
                }
                let moment = duration * 1.2 * Double((round * 73) % 200) / 200
                let outcome = try generate(
                    Self.specs[round % 2], to: out,
                    before: ["timeout", "-s", "KILL", String(format: "%.4f", moment + 0.001)])
                kills += outcome.status == 0 ? 0 : 1
                expectTree(out, "round \(round), killed after \(moment) s")
                let now = contents(of: out)
                changes += now == last ? 0 : 1
                last = now
            }
            #expect(kills > 50, "only \(kills) of 200 were killed")
            #expect(changes > 5, "only \(changes) of 200 came to an end")
            #expect(try generate(Self.specs[0], to: out).status == 0)
            // What killed runs left beside the folder goes with the next one.
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out"])
        }
    }

    @Test("two at once leave one of their trees, and each ends well or says that the other is at work")
    func simultaneous() throws {
        try withTemporaryFolder { folder in
            let out = folder.appending(path: "out")
            try start(out)
            for round in 0..<15 {
                let script =
                    "\"$0\" generate \"$1\" -o \"$3\" & a=$!; \"$0\" generate \"$2\" -o \"$3\"; b=$?; wait $a; echo \"$? $b\""
                let outcome = try run(
                    ["sh", "-c", script, stowage.path, Self.specs[round % 2], Self.specs[1 - round % 2], out.path])
                let ends = String(decoding: outcome.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                #expect(ends.count == 2 && ends.allSatisfy { $0 == "0" || $0 == "2" }, "\(outcome.said)")
                #expect(ends.contains("0"), "\(outcome.said)")
                expectTree(out, "round \(round)")
            }
        }
    }

    @Test("where a file may not grow, it says so, and the old tree stands")
    func starved() throws {
        try withTemporaryFolder { folder in
            let out = folder.appending(path: "out")
            try start(out)
            // Blocks of 512 bytes or of 1 KiB, as the shell counts: the dashboards have more.
            let outcome = try generate(
                Self.specs[1], to: out, before: ["sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"])
            #expect(outcome.status == 2)
            #expect(outcome.said.contains("error[") && outcome.said.contains("help:"), "\(outcome.said)")
            expectTree(out, "no room")
        }
    }

    @Test(
        "on a full disk it says so, and the old tree stands",
        .enabled(if: canMount, "no file system can be mounted here"))
    func full() throws {
        try withTemporaryFolder { folder in
            #expect(try run(["mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", folder.path]).status == 0)
            defer { _ = try? run(["umount", folder.path]) }
            let out = folder.appending(path: "out")
            try start(out)
            let outcome = try generate(Self.specs[1], to: out)
            #expect(outcome.status == 2)
            #expect(outcome.said.contains("error[full-disk]") && outcome.said.contains("free space"), "\(outcome.said)")
            expectTree(out, "full disk")
        }
    }

    @Test("where it may not write, it says so", .enabled(if: canDrop, "no other user to run as"))
    func closed() throws {
        try withTemporaryFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
            let outcome = try generate(
                Self.specs[0], to: folder.appending(path: "out"),
                before: ["setpriv", "--reuid", "65534", "--clear-groups"])
            #expect(outcome.status == 2)
            #expect(outcome.said.contains("error[read-only-output]"), "\(outcome.said)")
            #expect(contents(of: folder).isEmpty)
        }
    }

    @Test("a folder that vanishes meanwhile is an error or is made again, never a crash")
    func vanished() throws {
        try withTemporaryFolder { folder in
            let out = folder.appending(path: "a/out")
            for round in 0..<15 {
                try start(out)
                let script =
                    "(sleep 0.0\(round * 6); rm -rf \"$3\") & \"$0\" generate \"$1\" -o \"$2\"; s=$?; wait; exit $s"
                let outcome = try run(
                    ["sh", "-c", script, stowage.path, Self.specs[1], out.path, folder.appending(path: "a").path])
                #expect([0, 2].contains(outcome.status), "\(outcome.said)")
                #expect(outcome.status == 0 || outcome.said.contains("error["), "\(outcome.said)")
                #expect(!outcome.said.contains("Fatal error"))
            }
        }
    }

    @Test("a link to a folder is written through, and stays a link")
    func linked() throws {
        try withTemporaryFolder { folder in
            let (real, link) = (folder.appending(path: "real"), folder.appending(path: "link"))
            try start(real)
            try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
            #expect(try generate(Self.specs[1], to: link).status == 0)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == real.path)
            expectTree(real, "through a link")
        }
    }
}

/// Whether a file system can be mounted, as root in most containers cannot.
private let canMount: Bool =
    (try? withTemporaryFolder { folder in
        guard try run(["mount", "-t", "tmpfs", "tmpfs", folder.path]).status == 0 else { return false }
        return try run(["umount", folder.path]).status == 0
    }) ?? false

/// Whether a program can be run as another user.
private let canDrop = works(["setpriv", "--reuid", "65534", "--clear-groups", "true"])

/// The files below a folder, with what is in them.
private func contents(of folder: URL) -> [String: Data] {
    let prefix = folder.standardizedFileURL.path.count + 1
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    var result: [String: Data] = [:]
    for file in found ?? [] {
        guard let data = try? Data(contentsOf: file) else { continue }
        result[String(file.standardizedFileURL.path.dropFirst(prefix))] = data
    }
    return result
}
