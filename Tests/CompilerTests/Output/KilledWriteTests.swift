import Diagnostics
import Synchronization
import Testing

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What ends a write on the spot.
private struct Killed: Error {}

@Suite struct `A killed write` {
    private static let old = ["a": "1", "b/c": "2", "b/d": "3", "e/f": "4", "g": "5", "h/i/j": "6"]
    private static let new = ["a": "1", "b/c": "7", "b/x": "8", "e": "9", "g/y": "10"]
    private static let foreign = ["b/mine": "m", "notes/x": "n"]

    @Test(arguments: Way.allCases, [true, false])
    func `leaves the old tree or the new one, and the next run completes it`(way: Way, again: Bool) throws {
        let next = again ? Self.new : Self.old.merging(["k": "11"]) { first, _ in first }
        var steps = 0
        while try survives(killAfter: steps, way: way, next: next) { steps += 1 }
        #expect(steps >= 12)
    }

    /// Kills a write after some steps and checks what is left.
    ///
    /// False when the write ended before.
    private func survives(killAfter limit: Int, way: Way, next: [String: String]) throws -> Bool {
        let scratch = try Scratch()
        try write(Self.old, to: scratch)
        for (path, text) in Self.foreign { try scratch.put(path, text) }
        scratch.putFolder("empty")
        let rest = Self.foreign.merging(["empty/": ""]) { first, _ in first }
        var seams = way.seams
        let steps = Mutex<[WriteStep]>([])
        seams.interruption = { step in
            let count = steps.withLock { steps in
                steps.append(step)
                return steps.count
            }
            if count > limit { throw Killed() }
        }
        var isKilled = false
        do { try write(Self.new, to: scratch, seams: seams) } catch is Killed { isKilled = true }
        let reached = steps.withLock { $0 }
        let oldTree = written(Self.old).merging(rest) { first, _ in first }
        let newTree = written(Self.new).merging(rest) { first, _ in first }
        let left = try scratch.contents().filter { !$0.key.hasPrefix(journalPath) }
        if !isKilled || reached.contains(.exchanged) || reached.contains(.journalRemoved) {
            #expect(left == newTree, "after \(reached)")
        } else if !reached.contains(.committed) {
            #expect(left == oldTree, "after \(reached)")
        }
        let (result, diagnostics) = try write(next, to: scratch)
        #expect(result != nil, "after \(reached)")
        #expect(diagnostics.isEmpty)
        let expected = written(next).merging(rest) { first, _ in first }
        #expect(try scratch.contents(of: ".") == prefixed(expected), "after \(reached)")
        return isKilled
    }

    @Test func `leaves nothing of a folder that did not exist`() throws {
        let scratch = try Scratch()
        var seams = WriteSeams()
        seams.interruption = { if $0 == .flushed { throw Killed() } }
        #expect(throws: Killed.self) { try write(["a": "1"], to: scratch, seams: seams) }
        #expect(try scratch.contents().isEmpty)
        try write(["b": "2"], to: scratch)
        #expect(try scratch.contents(of: ".") == prefixed(written(["b": "2"])))
    }

    @Test func `does not lose foreign files that come while the folder is replaced`() throws {
        let scratch = try Scratch()
        try write(["a": "1", "gone/x": "2"], to: scratch)
        try scratch.put("mine", "old")
        try scratch.put("replaced", "old")
        let output = scratch.output
        var seams = WriteSeams()
        seams.interruption = { step in
            guard step == .flushed else { return }
            let folder = try Folder(output)
            try folder.create("late", Array("late".utf8))
            try folder.makeFolder("later")
            try folder.create("later/file", Array("later".utf8))
            try folder.makeFolder("latest")
            try folder.create("gone/late", Array("late too".utf8))
            usleep(20_000)
            try folder.remove("replaced")
            try folder.create("replaced", Array("new".utf8))
        }
        try write(["a": "3"], to: scratch, seams: seams)
        let foreign = [
            "mine": "old", "replaced": "new", "late": "late", "later/file": "later", "latest/": "",
            "gone/late": "late too",
        ]
        #expect(try scratch.contents(of: ".") == prefixed(written(["a": "3"]).merging(foreign) { first, _ in first }))
    }

    @Test func `does not lead a journal out of the folder`() throws {
        let scratch = try Scratch()
        mkdir(scratch.path + "/outside", 0o777)
        try write(["a": "1"], to: scratch)
        symlink("../outside", scratch.output + "/link")
        for number in 0..<4 { try scratch.put("\(journalPath)/\(number)", "evil") }
        try scratch.put("../outside/kept", "kept")
        try scratch.put(
            "\(journalPath)/steps",
            "place 0 ../outside/x\nplace 1 link/x\nremove link/kept\nremove ../outside/kept\nplace 2 /tmp/x\nplace ../a b\nx\n"
        )
        let (result, _) = try write(["a": "2"], to: scratch)
        #expect(result != nil)
        #expect(try scratch.contents(of: "outside") == ["kept": "kept"])
        #expect(try scratch.contents() == written(["a": "2"]).merging(["link": "-> ../outside"]) { first, _ in first })
    }

    @Test func `waits for a run that is about to end`() async throws {
        let scratch = try Scratch()
        let output = scratch.output
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    var report = Report()
                    let tree = tree(["a": "\(number)", "only-\(number)": "x"])
                    let result = try write(tree, to: output, force: false, &report)
                    #expect(result != nil)
                }
            }
            try await group.waitForAll()
        }
        let left = try scratch.contents(of: ".")
        #expect(left.count == 3)
    }
}
