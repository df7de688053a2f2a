import Diagnostics
import Testing

@testable import Groundwork

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct `A write is rejected` {
    @Test func `over files that were edited by hand`() throws {
        let scratch = try Scratch()
        try write(["a": "1", "b": "2", "c": "3", "d": "4"], to: scratch)
        try scratch.put("a", "edited")
        try scratch.put("b", "edited")
        unlink(scratch.output + "/c")
        symlink("a", scratch.output + "/c")
        try scratch.put("d", "new")
        let before = try scratch.contents()
        let files = ["a": "5", "c": "3", "d": "new"]
        let (result, diagnostics) = try write(files, to: scratch)
        #expect(result == nil)
        #expect(diagnostics.map(\.code) == ["hand-edited-files"])
        #expect(
            diagnostics.first?.notes.map(\.message)
                == ["`a` would be overwritten", "`b` would be removed", "`c` would be overwritten"])
        #expect(try scratch.contents() == before)
        for way in Way.allCases {
            let (forced, _) = try write(files, to: scratch, force: true, seams: way.seams)
            #expect(forced != nil)
            #expect(try scratch.contents() == written(files))
        }
    }

    @Test func `where foreign files are in the way, even by force`() throws {
        let scratch = try Scratch()
        try write(["z": "0"], to: scratch)
        try scratch.put("a", "mine")
        try scratch.put("b", "mine")
        try scratch.put("c/mine", "mine")
        scratch.putFolder("d")
        let before = try scratch.contents()
        let (result, diagnostics) = try write(
            ["a": "1", "b/x": "2", "b/y/z": "3", "c": "4", "d": "5"], to: scratch, force: true)
        #expect(result == nil)
        #expect(diagnostics.map(\.code) == ["foreign-files-in-the-way"])
        #expect(
            diagnostics.first?.notes.map(\.message) == [
                "`a` is in the way of the file of that name", "`b` is in the way of `b/x` and 1 more",
                "`c` is in the way of the file of that name", "`d` is in the way of the file of that name",
            ])
        #expect(try scratch.contents() == before)
    }

    @Test func `through a link that leads out of the folder`() throws {
        let scratch = try Scratch()
        mkdir(scratch.path + "/outside", 0o777)
        try write(["z": "0"], to: scratch)
        symlink("../outside", scratch.output + "/models")
        for way in Way.allCases {
            let (result, diagnostics) = try write(["models/a": "1"], to: scratch, force: true, seams: way.seams)
            #expect(result == nil)
            #expect(diagnostics.map(\.code) == ["foreign-files-in-the-way"])
        }
        #expect(try scratch.contents(of: "outside").isEmpty)
    }

    @Test func `when the output is a file, below a file, or a dangling link`() throws {
        let scratch = try Scratch()
        close(open(scratch.path + "/file", O_CREAT | O_WRONLY, 0o600))
        symlink("nowhere", scratch.path + "/link")
        let expected = ["file": "output-is-a-file", "file/x": "output-is-a-file", "link": "output-is-a-dangling-link"]
        for (name, code) in expected {
            var report = Report()
            let tree = tree(["a": "1"])
            let output = "\(scratch.path)/\(name)"
            #expect(try write(tree, to: output, force: true, &report) == nil)
            #expect(report.diagnostics.map(\.code) == [code])
        }
    }

    @Test(arguments: ["<<<<<<< ours\n{\n=======\n", "{}", "{\"version\": 7}", ""])
    func `when the lock cannot be read`(text: String) throws {
        let scratch = try Scratch()
        try scratch.put(lockPath, text)
        let (result, diagnostics) = try write(["a": "1"], to: scratch, force: true)
        #expect(result == nil)
        #expect(diagnostics.map(\.code) == [text.contains("7") ? "newer-lock" : "unreadable-lock"])
        #expect(try scratch.contents() == [lockPath: text])
    }

    @Test func `in a folder that is closed to writing, though an exchange could get around that`() throws {
        let scratch = try Scratch()
        try write(["a/b": "1", "c": "2"], to: scratch)
        chmod(scratch.output + "/a", 0o555)
        defer { chmod(scratch.output + "/a", 0o755) }
        let (result, diagnostics) = try write(["a/b": "2", "c": "2"], to: scratch)
        // Root may write everywhere.
        #expect(getuid() == 0 || result == nil && diagnostics.map(\.code) == ["read-only-output"])
        #expect(try write(["a/b": getuid() == 0 ? "2" : "1", "c": "3"], to: scratch).0 != nil)
    }

    @Test func `while another run holds the folder`() throws {
        let scratch = try Scratch()
        let folder = try Folder(scratch.path)
        #expect(flock(folder.descriptor, LOCK_EX) == 0)
        var seams = WriteSeams()
        seams.lockAttempts = 2
        let (result, diagnostics) = try write(["a": "1"], to: scratch, seams: seams)
        #expect(result == nil)
        #expect(diagnostics.map(\.code) == ["busy-output"])
    }

    @Test(arguments: [
        (WriteStep.stageMade, ENOSPC, "full-disk"), (.wrote("a"), EDQUOT, "full-disk"),
        (.linked("b"), ENOSPC, "full-disk"),
        (.flushed, ENOSPC, "full-disk"),
    ])
    func `when the disk is full, and the old tree stands`(step: WriteStep, number: CInt, code: String) throws {
        let scratch = try Scratch()
        try write(["a": "1", "b": "2"], to: scratch)
        for way in Way.allCases {
            var seams = way.seams
            seams.interruption = { reached in
                if reached == step || reached == .journalMade { throw IOFailure("write", "a", number: number) }
            }
            let (result, diagnostics) = try write(["a": "9", "b": "2"], to: scratch, seams: seams)
            #expect(result == nil)
            #expect(diagnostics.map(\.code) == [code])
            #expect(try scratch.contents(of: ".") == prefixed(written(["a": "1", "b": "2"])))
        }
    }

    @Test func `when neither the folder nor the one above can be written`() throws {
        let scratch = try Scratch()
        try write(["a": "1"], to: scratch)
        var seams = WriteSeams()
        seams.interruption = { step in
            if step == .stageMade || step == .journalMade { throw IOFailure("create", "out", number: EROFS) }
        }
        let (result, diagnostics) = try write(["a": "2"], to: scratch, seams: seams)
        #expect(result == nil)
        #expect(diagnostics.map(\.code) == ["read-only-output"])
        #expect(try scratch.contents(of: ".") == prefixed(written(["a": "1"])))
    }
}

/// What a scratch holds when its output folder holds some files and nothing stands beside it.
func prefixed(_ files: [String: String]) -> [String: String] {
    Dictionary(files.map { ("out/" + $0.key, $0.value) }) { first, _ in first }
}
